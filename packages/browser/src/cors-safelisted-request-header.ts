/**
 * CORS-safelisted request-headers: what a cross-origin request may carry without asking, because an
 * HTML form or an image could make a browser send it anyway.
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 */
import MIMEType from 'whatwg-mimetype';

import { byteLowercase } from './byte-sequence.js';
import { type Profile, STANDARD } from './profile.js';
import { parseSingleRangeHeaderValue } from './single-range-header-value.js';

// Long values could be an attack on the server by themselves.
const MAX_VALUE_LENGTH = 128;

// Control characters except the tab, and `"():<>?@[\]{}`. Bytes from 0x80 are let through; what is
// above 0xFF is no byte, cannot be sent, and so is not safe either.
const CORS_UNSAFE_REQUEST_HEADER_BYTE = /[\x00-\x08\x0a-\x1f"():<>?@[\\\]{}\x7f\u0100-\uffff]/;

const HIGH_BYTE = /[\x80-\xff]/;

const LANGUAGE_BYTES = /^[0-9A-Za-z *,\-.;=]*$/;

/** The types that a form can send. */
const ESSENCES = new Set([
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
]);

/**
 * Whether a request header needs neither a preflight nor a place in `Access-Control-Allow-Headers`.
 *
 * @example
 * ```ts
 * import { isCorsSafelistedRequestHeader } from '@cors/browser';
 *
 * isCorsSafelistedRequestHeader('Content-Type', 'text/plain;charset=utf-8'); // true
 * isCorsSafelistedRequestHeader('Content-Type', 'application/json'); // false
 * isCorsSafelistedRequestHeader('Range', 'bytes=100-'); // true
 * isCorsSafelistedRequestHeader('X-Request-Id', '1'); // false
 * ```
 *
 * @param name - In any case.
 * @param value - Normalized: without white space around it.
 * @param profile - Some browsers have more of them.
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 */
export function isCorsSafelistedRequestHeader(
  name: string,
  value: string,
  profile: Profile = STANDARD,
): boolean {
  if (value.length > MAX_VALUE_LENGTH) return false;
  const lower = byteLowercase(name);
  switch (lower) {
    case 'accept':
      return hasSafeBytes(value, profile);
    case 'accept-language':
    case 'content-language':
      return LANGUAGE_BYTES.test(value);
    case 'content-type':
      return hasSafeBytes(value, profile) && hasFormEssence(value, profile);
    case 'range':
      return hasRangeStart(value, profile);
    default:
      return profile.moreSafelistedRequestHeaders.get(lower)?.test(value) ?? false;
  }
}

function hasSafeBytes(value: string, { highBytesAreUnsafe }: Profile): boolean {
  if (highBytesAreUnsafe && HIGH_BYTE.test(value)) return false;
  return !CORS_UNSAFE_REQUEST_HEADER_BYTE.test(value);
}

// The essence of the whole value, read as one MIME type: with `text/plain, application/json` the
// subtype is no token, so this fails, where looking for a list member would find a safe one.
//
// Release 4 of the package, not 5: the parser is the same, and 5 adds tables for guessing types from
// content, more than twice the rest in size, that bundlers cannot drop.
function hasFormEssence(value: string, { commaMakesTypeUnsafe }: Profile): boolean {
  if (commaMakesTypeUnsafe && value.includes(',')) return false;
  const type = MIMEType.parse(value);
  return type !== null && ESSENCES.has(type.essence);
}

// No browser ever asked for a range without a start by itself, so servers may not expect `bytes=-5`.
function hasRangeStart(value: string, profile: Profile): boolean {
  const range = parseSingleRangeHeaderValue(value, profile);
  return range !== null && range.start !== null;
}
