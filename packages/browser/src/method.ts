/**
 * Methods: which ones a script cannot send, which ones are upper-cased for it, and which ones need
 * no preflight.
 *
 * @see https://fetch.spec.whatwg.org/#methods
 */
import { byteUppercase } from './byte-sequence.js';
import { isToken } from './token.js';

const FORBIDDEN = new Set(['CONNECT', 'TRACE', 'TRACK']);
// PATCH is not in the list, and neither is QUERY: `patch` goes out as `patch`.
const NORMALIZED = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']);
const CORS_SAFELISTED = new Set(['GET', 'HEAD', 'POST']);

/**
 * Whether a string is a method at all; `fetch()` throws a `TypeError` for any other.
 *
 * @example
 * ```ts
 * import { isMethod } from '@cors/browser';
 *
 * isMethod('PURGE'); // true
 * isMethod('GE T'); // false
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#concept-method
 */
export function isMethod(method: string): boolean {
  return isToken(method);
}

/**
 * Whether a method is forbidden, in any case: `fetch()` throws a `TypeError` for it.
 *
 * @example
 * ```ts
 * import { isForbiddenMethod } from '@cors/browser';
 *
 * isForbiddenMethod('trace'); // true
 * isForbiddenMethod('OPTIONS'); // false
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#forbidden-method
 */
export function isForbiddenMethod(method: string): boolean {
  return FORBIDDEN.has(byteUppercase(method));
}

/**
 * The method that is sent for the one that a script names: six methods are upper-cased, every other
 * is left as it is written.
 *
 * @example
 * ```ts
 * import { normalizeMethod } from '@cors/browser';
 *
 * normalizeMethod('put'); // 'PUT'
 * normalizeMethod('patch'); // 'patch'
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#concept-method-normalize
 */
export function normalizeMethod(method: string): string {
  const upper = byteUppercase(method);
  return NORMALIZED.has(upper) ? upper : method;
}

/**
 * Whether a method, once normalized, needs neither a preflight nor a place in
 * `Access-Control-Allow-Methods`.
 *
 * @example
 * ```ts
 * import { isCorsSafelistedMethod } from '@cors/browser';
 *
 * isCorsSafelistedMethod('POST'); // true
 * isCorsSafelistedMethod('OPTIONS'); // false
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-method
 */
export function isCorsSafelistedMethod(method: string): boolean {
  return CORS_SAFELISTED.has(method);
}
