/**
 * Sending: whoever answers the requests of a simulated fetch.
 */
import type { FetchResponse } from './response.js';
import { byteLowercase, stripTabsAndSpaces } from './byte-sequence.js';
import { getHeaderLines } from './header-list.js';
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

/** Steps that ask for requests to be sent, one after another, and come to a result. */
export type Asking<Result> = Generator<SentRequest, Result, Answer>;

/** A response as the browser takes it. */
export function answerOf(response: FetchResponse, profile: Profile): Answer {
  if (profile.refusesCorruptHeaders && isCorrupt(response)) {
    return { ok: false, error: new TypeError('The headers of the response are corrupt.') };
  }
  return { ok: true, response: received(response, profile) };
}

function isCorrupt({ headers }: FetchResponse): boolean {
  const locations = new Set(getHeaderLines('Location', headers));
  return locations.size > 1 || headers.some(([, value]) => value.includes('\0'));
}

/** A response as the browser takes it in: without the empty lines that do not count. */
function received(response: FetchResponse, { countedWhenEmpty }: Profile): FetchResponse {
  if (countedWhenEmpty === null) return response;
  const lines = response.headers.map((header, index) => {
    const [name, value] = header;
    const lower = byteLowercase(name);
    return { header, index, lower, isEmpty: stripTabsAndSpaces(value) === '' };
  });
  const counting = lines.filter(({ index, lower, isEmpty }) => {
    const others = lines.filter((other) => other.lower === lower && other.index !== index);
    const isFirst = others.every((other) => other.index > index);
    const isAlone = others.every((other) => other.isEmpty);
    return !isEmpty || countedWhenEmpty.has(lower) || (isFirst && isAlone);
  });
  return { ...response, headers: counting.map(({ header }) => header) };
}
