/**
 * Whether a text is a URL.
 *
 * Not by `URL.canParse`: once it is compiled, that of Node.js 20 says no to URLs with bytes from 0x80, as
 * `https://café.example/`.
 */

/**
 * Whether a text is a URL, of its own or relative to another one.
 *
 * @see https://url.spec.whatwg.org/#dom-url-canparse
 */
export function canParseUrl(text: string, base?: string): boolean {
  try {
    new URL(text, base);
    return true;
  } catch {
    return false;
  }
}
