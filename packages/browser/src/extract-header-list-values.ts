/**
 * Extract header list values: the header that a server sent → its values, or nothing there, or a
 * failure of its grammar. A failure is not an empty list: it fails a whole preflight, and it hides
 * what `Access-Control-Expose-Headers` would expose.
 *
 * @see https://fetch.spec.whatwg.org/#extract-header-list-values
 */
import { stripTabsAndSpaces } from './byte-sequence.js';
import { getHeaderLines, type HeaderList } from './header-list.js';
import { isToken } from './token.js';

/** The response headers whose values CORS extracts: three lists of tokens, and a number. */
export type ExtractedHeaderName =
  | 'Access-Control-Allow-Headers'
  | 'Access-Control-Allow-Methods'
  | 'Access-Control-Expose-Headers'
  | 'Access-Control-Max-Age';

/**
 * What a header's lines say.
 *
 * - `null`: there is no such header;
 * - `values`: what the lines list, in order, repeats included. An empty header lists nothing, which
 *   is not the same as no header;
 * - `failure`: a line is `malformed`, or there are `several-lines` of a header that may have one.
 *   `value` is the line, or all of them joined.
 *
 * @example
 * ```ts
 * import { extractHeaderListValues, type HeaderList } from '@cors/browser';
 *
 * declare const headers: HeaderList;
 *
 * const methods = extractHeaderListValues('Access-Control-Allow-Methods', headers);
 * if (methods.kind === 'failure') console.log(`not a list of methods: ${methods.value}`);
 * ```
 */
export type ExtractedValues =
  | { readonly kind: 'null' }
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | {
      readonly kind: 'failure';
      readonly reason: 'malformed' | 'several-lines';
      readonly value: string;
    };

/**
 * Extracts the values of a header.
 *
 * @example
 * ```ts
 * import { extractHeaderListValues } from '@cors/browser';
 *
 * extractHeaderListValues('Access-Control-Allow-Methods', [
 *   ['Access-Control-Allow-Methods', 'PUT,, PATCH'],
 *   ['access-control-allow-methods', '*'],
 * ]); // { kind: 'values', values: ['PUT', 'PATCH', '*'] }
 *
 * extractHeaderListValues('Access-Control-Allow-Methods', [
 *   ['Access-Control-Allow-Methods', 'PUT PATCH'],
 * ]); // { kind: 'failure', reason: 'malformed', value: 'PUT PATCH' }
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#extract-header-list-values
 */
export function extractHeaderListValues(
  name: ExtractedHeaderName,
  headers: HeaderList,
): ExtractedValues {
  const lines = getHeaderLines(name, headers);
  if (lines.length === 0) return { kind: 'null' };
  const isSingle = name === 'Access-Control-Max-Age';
  if (isSingle && lines.length > 1) {
    return { kind: 'failure', reason: 'several-lines', value: lines.join(', ') };
  }
  const parse = isSingle ? parseDigits : parseTokenList;
  const values: string[] = [];
  for (const line of lines) {
    const parsed = parse(line);
    if (parsed === null) return { kind: 'failure', reason: 'malformed', value: line };
    for (const value of parsed) values.push(value);
  }
  return { kind: 'values', values };
}

/**
 * `#token`: members between commas, empty ones ignored, no quoted strings.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1
 */
function parseTokenList(line: string): readonly string[] | null {
  const members = line
    .split(',')
    .map(stripTabsAndSpaces)
    .filter((member) => member !== '');
  return members.every(isToken) ? members : null;
}

/**
 * `delta-seconds`: digits only, so neither `-1` nor `1.5`.
 *
 * @see https://fetch.spec.whatwg.org/#http-access-control-max-age
 */
function parseDigits(line: string): readonly string[] | null {
  return /^[0-9]+$/.test(line) ? [line] : null;
}
