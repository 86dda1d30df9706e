/**
 * Sending: whoever answers the requests of a simulated fetch.
 */
import type { FetchResponse } from './response.js';
import { byteLowercase, stripTabsAndSpaces } from './byte-sequence.js';
import type { Profile } from './profile.js';
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
export async function answerOf(
  send: Send,
  request: SentRequest,
  profile: Profile,
): Promise<Answer> {
  try {
    return { ok: true, response: received(await send(request), profile) };
  } catch (error) {
    return { ok: false, error };
  }
}

/** A response as the browser takes it in: without the empty headers that it drops. */
function received(response: FetchResponse, { countedWhenEmpty }: Profile): FetchResponse {
  if (countedWhenEmpty === null) return response;
  const seen = new Set<string>();
  const headers = response.headers.filter(([name, value]) => {
    const lower = byteLowercase(name);
    const isFirst = !seen.has(lower);
    const counts = stripTabsAndSpaces(value) !== '' || (isFirst && countedWhenEmpty.has(lower));
    if (counts) seen.add(lower);
    return counts;
  });
  return { ...response, headers };
}
