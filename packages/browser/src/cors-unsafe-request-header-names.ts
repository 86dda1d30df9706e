/**
 * CORS-unsafe request-header names: the names of a request's headers that a preflight must ask for.
 *
 * @see https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
 */
import { byteLowercase } from './byte-sequence.js';
import { isCorsSafelistedRequestHeader } from './cors-safelisted-request-header.js';
import type { HeaderList } from './header-list.js';
import { type Profile, STANDARD } from './profile.js';

/**
 * The names of the headers that are not CORS-safelisted; with them the names of those that are, once
 * the values of these come to more than 1,024 bytes.
 *
 * @example
 * ```ts
 * import { corsUnsafeRequestHeaderNames } from '@cors/browser';
 *
 * corsUnsafeRequestHeaderNames([
 *   ['X-Request-Id', '1'],
 *   ['Content-Type', 'application/json'],
 *   ['Accept', 'text/html'],
 * ]); // ['content-type', 'x-request-id']
 * ```
 *
 * @returns Lower-cased, each once, in the order of their bytes.
 *
 * @see https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
 */
export function corsUnsafeRequestHeaderNames(
  headers: HeaderList,
  profile: Profile = STANDARD,
): readonly string[] {
  const unsafe: string[] = [];
  const potentiallyUnsafe: string[] = [];
  let safelistValueSize = 0;
  // Each line by itself: an unsafe line makes its name unsafe, whatever the name's other lines hold.
  for (const [name, value] of headers) {
    if (isCorsSafelistedRequestHeader(name, value, profile)) {
      potentiallyUnsafe.push(name);
      safelistValueSize += value.length;
    } else {
      unsafe.push(name);
    }
  }
  // Many short values are as much of an attack as a long one.
  const limit = profile.safelistedValuesLimit ?? Number.POSITIVE_INFINITY;
  const tooMuch = safelistValueSize > limit;
  return sortedLowercaseSet(tooMuch ? [...unsafe, ...potentiallyUnsafe] : unsafe, profile);
}

/** @see https://fetch.spec.whatwg.org/#convert-header-names-to-a-sorted-lowercase-set */
function sortedLowercaseSet(
  names: readonly string[],
  { preflightRepeatsNames }: Profile,
): readonly string[] {
  const lower = names.map(byteLowercase);
  // `sort` compares code units, which is comparing bytes: `-` before `1` before `_` before `a`.
  return (preflightRepeatsNames ? lower : [...new Set(lower)]).sort();
}

/**
 * Whether a header name is one that `*` in `Access-Control-Allow-Headers` does not cover, so that it
 * must be listed by name.
 *
 * @example
 * ```ts
 * import { isCorsNonWildcardRequestHeaderName } from '@cors/browser';
 *
 * isCorsNonWildcardRequestHeaderName('authorization'); // true
 * isCorsNonWildcardRequestHeaderName('X-Api-Key'); // false
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
 */
export function isCorsNonWildcardRequestHeaderName(name: string): boolean {
  return byteLowercase(name) === 'authorization';
}
