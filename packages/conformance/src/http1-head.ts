/**
 * The head of an HTTP/1.1 reply: its status line and field lines, order and case kept.
 *
 * Only what makes the head unreadable is an error. A stray control character or an invalid field
 * name stays where it is, so that the guard on every reply (see `reply-guard.ts`) can blame it on
 * the server: a value that breaks lines is what response splitting looks like.
 *
 * https://www.rfc-editor.org/rfc/rfc9112#section-4
 * https://www.rfc-editor.org/rfc/rfc9112#section-5
 */
import { type FieldLines, linesOf, trimOptionalWhiteSpace } from './field-syntax.js';
import { TransportError } from './transport-error.js';

/** A status and the field lines under it. */
export interface Http1Head {
  readonly status: number;
  readonly headers: FieldLines;
}

/** How a reply's body ends. */
export type Http1Framing =
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'close' };

/** Parses a head, given as latin1 without the empty line that ends it. */
export function parseHttp1Head(text: string): Http1Head {
  const [statusLine = '', ...lines] = text.split('\r\n');
  const status = /^HTTP\/1\.[01] ([1-5]\d\d)(?: [^\u0000-\u0008\u000a-\u001f\u007f]*)?$/.exec(
    statusLine,
  )?.[1];
  if (status === undefined) {
    throw malformed(`the status line is ${JSON.stringify(statusLine.slice(0, 80))}`);
  }
  return { status: Number(status), headers: lines.map(parseFieldLine) };
}

function parseFieldLine(line: string): readonly [name: string, value: string] {
  const colon = line.indexOf(':');
  // A line that begins with white space would continue the one before: obsolete, and forbidden.
  if (colon < 1 || line.startsWith(' ') || line.startsWith('\t')) {
    throw malformed(`a field line is ${JSON.stringify(line.slice(0, 80))}`);
  }
  return [line.slice(0, colon), trimOptionalWhiteSpace(line.slice(colon + 1))];
}

/** How the body after this head ends, in reply to a request with this method. */
export function framingOf(head: Http1Head, method: string): Http1Framing {
  if (method === 'HEAD' || head.status < 200 || head.status === 204 || head.status === 304) {
    return { kind: 'length', length: 0 };
  }
  const codings = linesOf(head.headers, 'transfer-encoding');
  const lengths = linesOf(head.headers, 'content-length');
  if (codings.length > 0) {
    if (lengths.length > 0) throw malformed('both Transfer-Encoding and Content-Length are there');
    if (codings.length > 1 || codings[0]?.toLowerCase() !== 'chunked') {
      throw malformed(`the transfer coding is ${JSON.stringify(codings.join(', '))}`);
    }
    return { kind: 'chunked' };
  }
  const [length] = lengths;
  if (length === undefined) return { kind: 'close' };
  if (lengths.length > 1 || !/^\d{1,15}$/.test(length)) {
    throw malformed(`Content-Length is ${JSON.stringify(lengths.join(', '))}`);
  }
  return { kind: 'length', length: Number(length) };
}

function malformed(message: string): TransportError {
  return new TransportError('malformed', `no valid HTTP/1.1 reply: ${message}`);
}
