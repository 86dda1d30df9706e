/**
 * Tokens: the grammar of methods, of header names, and of the members of the CORS lists.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
 */

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Whether a string is a token. `*` and `'x'` are; `"x"` and the empty string are not. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}
