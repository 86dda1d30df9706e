/**
 * Sending: whoever answers the requests of a simulated fetch.
 */
import type { FetchResponse } from './response.js';
import type { SentRequest } from './transcript.js';

/**
 * Answers a request, by whatever means: over the network, by a handler in memory, by a decision. When
 * it throws or rejects, the server could not be reached.
 *
 * @example
 * ```ts
 * import type { Send } from '@cors/browser';
 *
 * const send: Send = async ({ url, method, headers, body }) => {
 *   const response = await fetch(url, {
 *     method,
 *     headers: headers.map(([name, value]): [string, string] => [name, value]),
 *     body,
 *     redirect: 'manual',
 *   });
 *   return { status: response.status, headers: [...response.headers] };
 * };
 * ```
 */
export type Send = (request: SentRequest) => FetchResponse | Promise<FetchResponse>;

/** What came of a request: a response, or none. */
export type Answer =
  | { readonly ok: true; readonly response: FetchResponse }
  | { readonly ok: false; readonly error: unknown };

/** Sends a request; no failure of the sender gets through. */
export async function answerOf(send: Send, request: SentRequest): Promise<Answer> {
  try {
    return { ok: true, response: await send(request) };
  } catch (error) {
    return { ok: false, error };
  }
}
