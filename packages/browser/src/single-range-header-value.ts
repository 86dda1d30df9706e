/**
 * Single range header values: the one form of `Range` that CORS-safelisted requests may have.
 *
 * @see https://fetch.spec.whatwg.org/#simple-range-header-value
 */

import { type Profile, STANDARD } from './profile.js';

/** The first and the last byte asked for; null for one that is left open. */
export interface SingleRange {
  readonly start: bigint | null;
  readonly end: bigint | null;
}

/**
 * Parses a single range header value, white space not allowed; null is failure. By the standard the
 * unit is case-sensitive.
 *
 * @see https://fetch.spec.whatwg.org/#simple-range-header-value
 */
export function parseSingleRangeHeaderValue(
  value: string,
  { singleRange, largestByte }: Profile = STANDARD,
): SingleRange | null {
  const [, first, last] = singleRange.exec(value) ?? [];
  const start = parseDigits(first);
  const end = parseDigits(last);
  if (start === null && end === null) return null;
  if (largestByte !== null && [start, end].some((byte) => byte !== null && byte > largestByte)) {
    return null;
  }
  if (start !== null && end !== null && start > end) return null;
  return { start, end };
}

// The standard sets no limit: as a number, 9007199254740993 would not be more than 9007199254740992.
function parseDigits(digits: string | undefined): bigint | null {
  return digits === undefined || digits === '' ? null : BigInt(digits);
}
