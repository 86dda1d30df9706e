/**
 * Tokens: the grammar of methods and header names.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
 */

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Whether a string is a token, and so may stand in a CORS list unquoted. */
export function isToken(value: string): boolean {
  return TOKEN.test(value);
}
