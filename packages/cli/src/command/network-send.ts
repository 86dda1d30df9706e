/**
 * Sending over the network: one request, the head of its reply, and nothing more. Redirects are left to
 * the model; header lines are kept as they came; the body is not read, since CORS does not look at it, so
 * that none can be too large or endless. Everything has an end in time.
 */
import { type ClientRequest, request as requestHttp, validateHeaderValue } from 'node:http';
import { request as requestHttps } from 'node:https';

import type { FetchResponse, Header, Send, SentRequest } from '@cors/browser';

import { networkError } from './network-error.js';
import { type Sender, sentHeaders } from './sent-headers.js';
import { UsageError } from './usage-error.js';

/** As much as Chromium takes. */
const MAX_HEAD_BYTES = 256 * 1024;

/** A `send` for `simulateFetch` that asks real servers. It throws a `UsageError` for what cannot be sent. */
export function networkSend(sender: Sender, timeoutSeconds: number): Send {
  return (request) => sendOnce(request, sentHeaders(request, sender), timeoutSeconds);
}

function sendOnce(
  sent: SentRequest,
  headers: readonly Header[],
  timeoutSeconds: number,
): Promise<FetchResponse> {
  return new Promise((resolve, reject) => {
    const request = startedRequest(sent, headers);
    const late = setTimeout(() => {
      request.destroy(new Error(`no reply within ${timeoutSeconds} s`));
    }, timeoutSeconds * 1000);
    const settle = (): void => {
      clearTimeout(late);
      request.destroy();
    };
    request.on('response', (response) => {
      resolve({ status: response.statusCode ?? 0, headers: linesOf(response.rawHeaders) });
      settle();
    });
    // A reply that goes over to another protocol, which nobody asked for.
    request.on('upgrade', (_, socket) => {
      reject(new Error('the reply has status 101, which nobody asked for'));
      socket.destroy();
      settle();
    });
    request.on('error', (error) => {
      reject(networkError(error, new URL(sent.url).host));
      settle();
    });
    request.end(sent.body ?? undefined);
  });
}

/** The request, with its head and before its body. */
function startedRequest({ url, method }: SentRequest, headers: readonly Header[]): ClientRequest {
  try {
    // Before anything is started that would have to be ended.
    for (const [name, value] of headers) validateHeaderValue(name, value);
    const start = url.startsWith('https:') ? requestHttps : requestHttp;
    const request = start(url, { method, agent: false, maxHeaderSize: MAX_HEAD_BYTES });
    // Node.js has written it in upper case, which a browser does to six methods only.
    request.method = method;
    // Else it would announce a body for every method that may have one.
    request.useChunkedEncodingByDefault = false;
    request.removeHeader('Host');
    for (const [name, value] of headers) request.appendHeader(name, value);
    return request;
  } catch (error) {
    throw new UsageError(
      `The request cannot be sent from here (${error instanceof Error ? error.message : String(error)}).`,
      'A browser may well send it: leave out of its headers what is no printable ASCII.',
    );
  }
}

/** Names and values in turn, in pairs. */
function linesOf(raw: readonly string[]): Header[] {
  return raw.flatMap((name, index) =>
    index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : [],
  );
}
