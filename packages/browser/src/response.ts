/**
 * Responses: the part of them that CORS looks at.
 *
 * @see https://fetch.spec.whatwg.org/#responses
 */
import { canParseUrl } from './can-parse-url.js';
import { getHeaderLines, type HeaderList } from './header-list.js';
import { type Profile, STANDARD } from './profile.js';

/**
 * A response as it came from the network.
 *
 * @example
 * ```ts
 * import type { FetchResponse } from '@cors/browser';
 *
 * const response: FetchResponse = { status: 204, headers: [['Access-Control-Allow-Origin', '*']] };
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#concept-response
 */
export interface FetchResponse {
  readonly status: number;
  readonly headers: HeaderList;
}

/**
 * Whether a status is an ok status. A redirect is none, so a preflight that is redirected fails.
 *
 * @see https://fetch.spec.whatwg.org/#ok-status
 */
export function isOkStatus(status: number): boolean {
  return status >= 200 && status <= 299;
}

const REDIRECT_STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Whether a status is a redirect's, wherever it leads.
 *
 * @see https://fetch.spec.whatwg.org/#redirect-status
 */
export function isRedirectStatus(status: number): boolean {
  return REDIRECT_STATUSES.has(status);
}

/**
 * Where a response redirects to, as the server wrote it; null when it does not. Several lines of
 * `Location`, of which there is no saying which counts, are given as one.
 *
 * @see https://fetch.spec.whatwg.org/#concept-response-location-url
 */
export function redirectLocation(
  { status, headers }: FetchResponse,
  { emptyLocationRedirects }: Profile = STANDARD,
): string | null {
  if (!isRedirectStatus(status)) return null;
  const lines = getHeaderLines('Location', headers);
  const location = lines.length === 0 ? null : lines.join(', ');
  return location === '' && !emptyLocationRedirects ? null : location;
}

/**
 * The URL that a response redirects to; null for failure: there are several lines, or what is there is
 * no URL.
 *
 * @see https://fetch.spec.whatwg.org/#concept-response-location-url
 */
export function locationUrl(
  { headers }: FetchResponse,
  current: string,
  { sameLocationMayRepeat }: Profile = STANDARD,
): URL | null {
  const lines = getHeaderLines('Location', headers);
  const [line = '', ...others] = sameLocationMayRepeat ? new Set(lines) : lines;
  if (others.length > 0 || !canParseUrl(line, current)) return null;
  const url = new URL(line, current);
  // What stands behind a `#` stays, unless the new URL has its own.
  const fragment = fragmentOf(url) === null ? fragmentOf(new URL(current)) : null;
  return fragment === null ? url : new URL(fragment, url);
}

/** With its `#`; null for none. `hash` has the same for none and for an empty one. */
function fragmentOf({ href }: URL): string | null {
  return /#.*$/.exec(href)?.[0] ?? null;
}
