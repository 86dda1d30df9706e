/**
 * Responses: the part of them that CORS looks at.
 *
 * @see https://fetch.spec.whatwg.org/#responses
 */
import { getHeaderLines, type HeaderList } from './header-list.js';

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
 * Where a response redirects to, as the server wrote it; null when it does not. With several lines of
 * `Location` there is no saying which, so that is a redirect to nowhere: the lines joined.
 *
 * @see https://fetch.spec.whatwg.org/#concept-response-location-url
 */
export function redirectLocation({ status, headers }: FetchResponse): string | null {
  if (!REDIRECT_STATUSES.has(status)) return null;
  const lines = getHeaderLines('Location', headers);
  return lines.length === 0 ? null : lines.join(', ');
}
