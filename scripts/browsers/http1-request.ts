/**
 * HTTP/1.1 requests as browsers send them, read from a socket's bytes: a request line, header lines in
 * order, and a body of known length. Bytes are Latin-1 throughout.
 */
import type { Header } from '@cors/browser';

/** One request. */
export interface Http1Request {
  readonly method: string;
  /** Absolute, since the browser takes us for a proxy. */
  readonly target: string;
  /** The lines, in order, without white space around the values. */
  readonly headers: readonly Header[];
  readonly bodyLength: number;
  /** The body's bytes as they came, with the framing of chunks. */
  readonly body: string;
}

/** Cuts requests out of what arrives; they may come in any pieces. */
export class Http1RequestReader {
  private rest = '';

  /** @returns The requests that are complete now. */
  read(chunk: Buffer): Http1Request[] {
    this.rest += chunk.toString('latin1');
    const requests: Http1Request[] = [];
    for (let next = this.take(); next !== undefined; next = this.take()) requests.push(next);
    return requests;
  }

  private take(): Http1Request | undefined {
    const headEnd = this.rest.indexOf('\r\n\r\n');
    if (headEnd < 0) return undefined;
    const [requestLine = '', ...lines] = this.rest.slice(0, headEnd).split('\r\n');
    const headers = lines.map((line): Header => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).replace(/^[\t ]+|[\t ]+$/g, '')];
    });
    const bodyStart = headEnd + 4;
    const body = isChunked(headers)
      ? chunkedBody(this.rest, bodyStart)
      : sizedBody(this.rest, bodyStart, headers);
    if (body === undefined) return undefined;
    const bodyBytes = this.rest.slice(bodyStart, body.end);
    this.rest = this.rest.slice(body.end);
    const [method = '', target = ''] = requestLine.split(' ');
    return { method, target, headers, bodyLength: body.length, body: bodyBytes };
  }
}

/** The value of the first line with a name. */
export function headerOf(headers: readonly Header[], name: string): string | undefined {
  return headers.find(([found]) => found.toLowerCase() === name)?.[1];
}

interface Body {
  readonly length: number;
  readonly end: number;
}

function sizedBody(text: string, start: number, headers: readonly Header[]): Body | undefined {
  const length = Number(headerOf(headers, 'content-length') ?? 0);
  return text.length < start + length ? undefined : { length, end: start + length };
}

function isChunked(headers: readonly Header[]): boolean {
  return headerOf(headers, 'transfer-encoding')?.toLowerCase() === 'chunked';
}

function chunkedBody(text: string, start: number): Body | undefined {
  let length = 0;
  for (let at = start; ; ) {
    const lineEnd = text.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(text.slice(at, lineEnd), 16);
    at = lineEnd + 2 + size + 2;
    if (text.length < at) return undefined;
    if (size === 0) return { length, end: at };
    length += size;
  }
}
