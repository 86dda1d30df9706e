/**
 * Max-age: for how many seconds a browser may remember what a preflight's response allows.
 *
 * @see https://fetch.spec.whatwg.org/#http-access-control-max-age
 */
import { extractHeaderListValues } from './extract-header-list-values.js';
import type { FetchResponse } from './response.js';

/** Enough for the requests that a page makes at one go. */
const DEFAULT_SECONDS = 5;

/**
 * The seconds that `Access-Control-Max-Age` gives; 5 when it is absent, malformed or repeated. The
 * browser's own limit (step 9 of the CORS-preflight fetch) is not applied yet.
 *
 * @example
 * ```ts
 * import { preflightMaxAge } from '@cors/browser';
 *
 * preflightMaxAge({ headers: [['Access-Control-Max-Age', '600']] }); // 600
 * preflightMaxAge({ headers: [['Access-Control-Max-Age', '-1']] }); // 5
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export function preflightMaxAge(response: Pick<FetchResponse, 'headers'>): number {
  const extracted = extractHeaderListValues('Access-Control-Max-Age', response.headers);
  if (extracted.kind !== 'values') return DEFAULT_SECONDS;
  // Any number of digits is valid: a finite number, since infinity would be lost in JSON.
  return Math.min(Number(extracted.values.join('')), Number.MAX_VALUE);
}
