/**
 * The way to a handler in memory, `(request: Request) => Promise<Response>`, without a socket.
 *
 * A `Request` says less than the wire does. What it would change (a normalised method or path, a
 * value that it refuses or trims of more than the optional white space around it) is an error: such
 * an audit needs the capability `raw-bytes`. Repeated lines are joined, as every runtime that calls
 * such handlers joins them; node and workers alike leave `Origin`, `Host` and the
 * `Access-Control-Request-*` fields in a `Request` that a server was given.
 *
 * https://fetch.spec.whatwg.org/#request-class
 */
import type { WireRequest, WireResponse } from './audit.js';
import { boundedExchange } from './bounded-exchange.js';
import type { Client, ClientLimits } from './client.js';
import { trimOptionalWhiteSpace } from './field-syntax.js';
import { cannotCarry, HarnessError } from './harness-error.js';
import { TransportError } from './transport-error.js';

/** The authority of requests that name no `Host`. */
const DEFAULT_HOST = 'target.test';

/** A handler of requests in memory. */
export type MemoryHandler = (request: Request) => Promise<Response>;

/** A client that calls a handler. There is no connection, so nothing can be broken off. */
export function memoryClient(handler: MemoryHandler, limits: ClientLimits): Client {
  const call = (wireRequest: WireRequest, wantsBody: boolean): Promise<WireResponse> =>
    boundedExchange<WireResponse>(limits, ({ succeed, fail }) => {
      const unanswered = new AbortController();
      let answered = false;
      const answer = async (): Promise<WireResponse> => {
        const request = toRequest(wireRequest, unanswered.signal);
        const response = await answerOf(handler, request);
        const hasBody = wantsBody && wireRequest.method !== 'HEAD';
        const body = await readBody(response, hasBody, limits.maxBodyBytes, unanswered.signal);
        answered = true;
        return { status: response.status, headers: [...response.headers], body, interim: [] };
      };
      answer().then(succeed, fail);
      return {
        // As when a client leaves a server: a handler that listens can stop its work.
        release: () => {
          if (!answered) unanswered.abort();
        },
      };
    });
  const send = (request: WireRequest): Promise<WireResponse> => call(request, true);

  return {
    send,
    sendForHead: (request) => call(request, false),
    onOneConnection: (use) => use(send),
    sendAndAbort: () =>
      Promise.reject(
        new HarnessError('A call in memory has no connection to break off: require http1 or http2'),
      ),
  };
}

/** @throws a `HarnessError` when the request would not be the audit's. */
function toRequest(wire: WireRequest, signal: AbortSignal): Request {
  const host = wire.headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? DEFAULT_HOST;
  const url = `http://${host}${wire.path}`;
  if (parsedUrl(url)?.host !== host) throw memoryCannot('Host', host);
  const headers = new Headers();
  for (const [name, value] of wire.headers) addLine(headers, name, value);
  if (!headers.has('host')) headers.set('host', host);
  const request = requestOf(wire, { url, headers, signal });
  if (request.method !== wire.method) throw memoryCannot('the method', wire.method);
  const { pathname, search } = new URL(request.url);
  if (pathname + search !== wire.path) throw memoryCannot('the path', wire.path);
  return request;
}

/** Not by `URL.canParse`: in Node 20 it says yes to some that `new URL` then refuses. */
function parsedUrl(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

function addLine(headers: Headers, name: string, value: string): void {
  const alone = new Headers();
  try {
    alone.append(name, value);
  } catch (error) {
    throw memoryCannot(`the field ${name} with the value`, value, error);
  }
  // Spaces and tabs around a value are no part of it on the wire either; any other change is ours.
  if (alone.get(name) !== trimOptionalWhiteSpace(value)) {
    throw memoryCannot(`the field ${name} with the value`, value);
  }
  headers.append(name, value);
}

function requestOf(
  wire: WireRequest,
  { url, headers, signal }: { url: string; headers: Headers; signal: AbortSignal },
): Request {
  try {
    // As bytes: a string would add a Content-Type that the audit does not have.
    const body = wire.body === undefined ? null : new TextEncoder().encode(wire.body);
    return new Request(url, { method: wire.method, headers, body, signal, redirect: 'manual' });
  } catch (error) {
    throw memoryCannot(`the request ${wire.method}`, wire.path, error);
  }
}

async function answerOf(handler: MemoryHandler, request: Request): Promise<Response> {
  let response: unknown;
  try {
    response = await handler(request);
  } catch (cause) {
    throw new TransportError('rejected', `the handler failed: ${String(cause)}`, { cause });
  }
  // Not by `instanceof`: a handler may bring the `Response` of another realm.
  if (
    typeof response === 'object' &&
    response !== null &&
    'status' in response &&
    'headers' in response
  ) {
    return response as Response;
  }
  throw new TransportError('malformed', 'the handler gave no Response');
}

async function readBody(
  response: Response,
  wanted: boolean,
  maxBytes: number,
  signal: AbortSignal,
): Promise<string> {
  if (response.body === null) return '';
  if (!wanted) {
    await response.body.cancel();
    return '';
  }
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const stop = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', stop);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';
  let size = 0;
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      size += piece.value.byteLength;
      if (size > maxBytes) {
        throw new TransportError('too-large', `the body is over ${maxBytes} bytes`);
      }
      text += decoder.decode(piece.value, { stream: true });
    }
  } catch (cause) {
    stop();
    if (cause instanceof TransportError) throw cause;
    throw new TransportError('closed-early', `the body broke off: ${String(cause)}`, { cause });
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return text + decoder.decode();
}

function memoryCannot(what: string, value: string, cause?: unknown): HarnessError {
  const { message } = cannotCarry('A Request', `${what} ${JSON.stringify(value.slice(0, 80))}`);
  return new HarnessError(message, 'suite', cause);
}
