/**
 * Sending over the network: one request, the head of its reply, and nothing more. Redirects are left to
 * the model; header lines are kept as they came; the body is not read, since CORS does not look at it, so
 * that none can be too large or endless. Everything has an end in time.
 */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

import type { FetchResponse, Header, Send, SentRequest } from '@cors/browser';

import { networkError } from './network-error.js';
import { type Sender, sentHeaders } from './sent-headers.js';

/** As much as Chromium takes. */
const MAX_HEAD_BYTES = 256 * 1024;

/** A `send` for `simulateFetch` that asks real servers. */
export function networkSend(sender: Sender, timeoutSeconds: number): Send {
  return (request) => sendOnce(request, sentHeaders(request, sender), timeoutSeconds);
}

function sendOnce(
  { url, method, body }: SentRequest,
  headers: string[],
  timeoutSeconds: number,
): Promise<FetchResponse> {
  const { protocol, host } = new URL(url);
  const start = protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      request.destroy(new Error(`no reply within ${timeoutSeconds} s`));
    }, timeoutSeconds * 1000);
    const request = start(url, {
      method,
      headers,
      agent: false,
      maxHeaderSize: MAX_HEAD_BYTES,
    });
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
      reject(networkError(error, host));
      settle();
    });
    request.end(body === null ? undefined : Buffer.from(body, 'latin1'));
  });
}

/** Names and values in turn, in pairs. */
function linesOf(raw: readonly string[]): Header[] {
  return raw.flatMap((name, index) =>
    index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : [],
  );
}
