/**
 * Byte sequences: how names and values are compared, lower-cased and trimmed.
 *
 * A string stands for bytes, one code unit for each (an isomorphic decoding). `toLowerCase`, `trim`
 * and `\s` know Unicode and would change or drop bytes that the standard leaves alone, as `À` (0xC0)
 * and the no-break space (0xA0); so does `toUpperCase`, which makes `S` of `ſ`.
 *
 * @see https://infra.spec.whatwg.org/#byte-sequences
 */

/**
 * Lower-cases A to Z, and nothing else.
 *
 * @see https://infra.spec.whatwg.org/#byte-lowercase
 */
export function byteLowercase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/**
 * Upper-cases a to z, and nothing else.
 *
 * @see https://infra.spec.whatwg.org/#byte-uppercase
 */
export function byteUppercase(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/**
 * Strips spaces and tabs from both ends: what surrounds a field's value and a list's members.
 *
 * @see https://fetch.spec.whatwg.org/#http-tab-or-space
 */
export function stripTabsAndSpaces(text: string): string {
  return strip(text, '\t ');
}

/**
 * Strips spaces, tabs and line ends from both ends: what `fetch()` does to a value that a script sets.
 *
 * @see https://fetch.spec.whatwg.org/#concept-header-value-normalize
 */
export function stripHttpWhitespace(text: string): string {
  return strip(text, '\t\n\r ');
}

// By position: a pattern that ends in `[\t ]+$` takes quadratic time over a long inner run of spaces.
function strip(text: string, bytes: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && bytes.includes(text.charAt(start))) start += 1;
  while (end > start && bytes.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
