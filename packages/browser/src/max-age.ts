/**
 * Max-age: for how many seconds a browser remembers what a preflight's response allows.
 *
 * @see https://fetch.spec.whatwg.org/#http-access-control-max-age
 */
import { getHeaderLines } from './header-list.js';
import { type Profile, STANDARD } from './profile.js';
import type { MaxAgeSettings } from './profile-settings.js';
import type { FetchResponse } from './response.js';

/** Enough for the requests that a page makes at one go. */
const DEFAULT_SECONDS = 5;

/**
 * The seconds that `Access-Control-Max-Age` gives; by the standard 5 when it is absent, malformed or
 * repeated. Browsers have limits of their own, which profiles apply (step 9 of the CORS-preflight
 * fetch); the standard sets none.
 *
 * @example
 * ```ts
 * import { preflightMaxAge, PROFILES } from '@cors/browser';
 *
 * preflightMaxAge({ headers: [['Access-Control-Max-Age', '86400']] }); // 86400
 * preflightMaxAge({ headers: [['Access-Control-Max-Age', '86400']] }, PROFILES.chromium); // 7200
 * preflightMaxAge({ headers: [['Access-Control-Max-Age', '-1']] }); // 5
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export function preflightMaxAge(
  response: Pick<FetchResponse, 'headers'>,
  { maxAge }: Profile = STANDARD,
): number {
  const lines = getHeaderLines('Access-Control-Max-Age', response.headers);
  // Several lines are no number: joined by commas they do not fit the grammar.
  const value = lines.join(', ');
  if (lines.length === 0 || (value === '' && maxAge.emptyIsAbsent)) return DEFAULT_SECONDS;
  return secondsOf(value, maxAge) ?? maxAge.malformed;
}

function secondsOf(value: string, { grammar, largest, limit }: MaxAgeSettings): number | null {
  if (!grammar.test(value)) return null;
  // Any number of digits is valid to the standard.
  const seconds = BigInt(value);
  if (largest !== null && (seconds > largest || seconds < -largest - 1n)) return null;
  if (seconds < 0n) return 0;
  // A finite number, since infinity would be lost in JSON.
  return Math.min(Number(seconds), limit ?? Number.MAX_VALUE);
}
