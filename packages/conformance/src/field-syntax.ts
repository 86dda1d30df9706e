/**
 * The syntax of fields, as far as judging a reply needs it: lines of a name, tokens, `#token` lists.
 *
 * https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1
 * https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
 */

/** Field lines in order. */
export type FieldLines = readonly (readonly [name: string, value: string])[];

/** The values of all lines of a field, in order; names match in any case. */
export function linesOf(headers: FieldLines, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([given]) => given.toLowerCase() === wanted).map(([, value]) => value);
}

/** Whether a text is a token: a method or a field name. */
export function isToken(text: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text);
}

/**
 * The members of a `#token` list over all its lines. Empty members are passed over, as the grammar
 * for recipients says; anything that is no token makes the list malformed: `undefined`.
 *
 * https://fetch.spec.whatwg.org/#extract-header-list-values
 */
export function tokenList(lines: readonly string[]): readonly string[] | undefined {
  const members = lines
    .flatMap((line) => line.split(','))
    .map(trimOptionalWhiteSpace)
    .filter((member) => member !== '');
  return members.every(isToken) ? members : undefined;
}

/** Takes spaces and tabs off both ends: by index, because a value may be thousands of spaces. */
export function trimOptionalWhiteSpace(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && isOptionalWhiteSpace(value.charAt(start))) start += 1;
  while (end > start && isOptionalWhiteSpace(value.charAt(end - 1))) end -= 1;
  return value.slice(start, end);
}

function isOptionalWhiteSpace(character: string): boolean {
  return character === ' ' || character === '\t';
}
