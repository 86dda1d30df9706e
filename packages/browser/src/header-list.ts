/**
 * Header lists: the headers of a request or a response, in order, and how the value of one is got.
 *
 * @see https://fetch.spec.whatwg.org/#concept-header-list
 */
import { byteLowercase, stripTabsAndSpaces } from './byte-sequence.js';

/**
 * A header: its name, in any case, and its value. Each code unit of either stands for one byte.
 *
 * @example
 * ```ts
 * import type { Header } from '@cors/browser';
 *
 * const header: Header = ['Content-Type', 'application/json'];
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#concept-header
 */
export type Header = readonly [name: string, value: string];

/**
 * Headers in order, one entry for each line. Repeats matter: two lines of
 * `Access-Control-Allow-Origin` are a common fault, which a map of names would hide.
 *
 * @example
 * ```ts
 * import type { HeaderList } from '@cors/browser';
 *
 * const headers: HeaderList = [
 *   ['Access-Control-Allow-Origin', '*'],
 *   ['Vary', 'Origin'],
 *   ['Vary', 'Accept-Encoding'],
 * ];
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#concept-header-list
 */
export type HeaderList = readonly Header[];

/**
 * The values of a header, one for each line, without the spaces and tabs around them, which are no
 * part of a value.
 */
export function getHeaderLines(name: string, headers: HeaderList): string[] {
  const wanted = byteLowercase(name);
  return headers
    .filter(([found]) => byteLowercase(found) === wanted)
    .map(([, value]) => stripTabsAndSpaces(value));
}

/**
 * Gets a header: the values of its lines joined by a comma and a space, or null when there is none.
 *
 * @example
 * ```ts
 * import { getHeaderValue } from '@cors/browser';
 *
 * getHeaderValue('vary', [['Vary', 'Origin'], ['VARY', ' Accept ']]); // 'Origin, Accept'
 * getHeaderValue('ETag', []); // null
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#concept-header-list-get
 */
export function getHeaderValue(name: string, headers: HeaderList): string | null {
  const lines = getHeaderLines(name, headers);
  return lines.length === 0 ? null : lines.join(', ');
}
