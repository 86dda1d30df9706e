/**
 * Responses: the part of them that CORS looks at.
 *
 * @see https://fetch.spec.whatwg.org/#responses
 */
import type { HeaderList } from './header-list.js';

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
