/**
 * The names in `Access-Control-Request-Headers`, read within bounds, for policies that echo them.
 *
 * Browsers send them lower-cased, sorted, once each and joined by a bare comma; intermediaries may
 * add white space, split and rejoin lines. So order, case and white space are free, and everything
 * else is bounded: a list outside the bounds is refused whole, never cut, since a partial echo would
 * make the browser name a header that the policy does allow.
 *
 * @see https://fetch.spec.whatwg.org/#http-access-control-request-headers
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1
 */
import { isToken } from './token.js';

/** The raw value is not looked at beyond this length; what is legal fits in a quarter of it. */
const MAX_RAW_LENGTH = 4096;
/** Names and commas, without white space and empty members. */
const MAX_JOINED_LENGTH = 1024;
const MAX_NAMES = 64;
/** RFC 9110 asks recipients to ignore "a reasonable number of empty list elements". */
const MAX_EMPTY_MEMBERS = 16;

/**
 * The distinct names, lower-cased, in the order asked, joined by commas; `''` when there are none;
 * null when the value is malformed or out of bounds. Linear in the value, which is bounded.
 */
export function readRequestHeaderNames(value: string): string | null {
  if (value.length > MAX_RAW_LENGTH) return null;
  // A value with no member at all is the same as no header.
  if (value === '') return '';
  const names = new Set<string>();
  let empty = 0;
  let joined = -1;
  // Not `split`: it would build thousands of members before the first bound is looked at.
  for (let start = 0, end = 0; end < value.length; start = end + 1) {
    end = value.indexOf(',', start);
    if (end === -1) end = value.length;
    const name = trimOptionalWhitespace(value, start, end);
    if (name === '') {
      empty += 1;
      if (empty > MAX_EMPTY_MEMBERS) return null;
      continue;
    }
    // Counted with its repeats: one name two thousand times is hostile, however short the echo.
    joined += name.length + 1;
    if (joined > MAX_JOINED_LENGTH || !isToken(name)) return null;
    names.add(name.toLowerCase());
    if (names.size > MAX_NAMES) return null;
  }
  return [...names].join(',');
}

/** Spaces and tabs only: `String.prototype.trim` would also take line ends and NBSP. */
function trimOptionalWhitespace(value: string, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isOptionalWhitespace(value.charCodeAt(start))) start += 1;
  while (end > start && isOptionalWhitespace(value.charCodeAt(end - 1))) end -= 1;
  return value.slice(start, end);
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.3 */
function isOptionalWhitespace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
