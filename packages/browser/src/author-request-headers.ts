/**
 * The headers that a script sets → those of its request: values are normalized, and what a script
 * cannot set is dropped.
 *
 * @see https://fetch.spec.whatwg.org/#concept-headers-append
 */
import { stripHttpWhitespace } from './byte-sequence.js';
import { isForbiddenRequestHeader } from './forbidden-request-header.js';
import type { Header, HeaderList } from './header-list.js';

/**
 * What `fetch()` makes of the headers that a script passes.
 *
 * A name that is no token, or a value with a NUL or a line end inside, makes a browser throw a
 * `TypeError`; that is not judged here. `XMLHttpRequest` joins the values of one name with a comma
 * and a space, which the caller does.
 *
 * @example
 * ```ts
 * import { authorRequestHeaders } from '@cors/browser';
 *
 * authorRequestHeaders([['X-Request-Id', ' 7 '], ['Host', 'example.com']]); // [['X-Request-Id', '7']]
 * ```
 *
 * @param headers - As the script set them, in order.
 *
 * @see https://fetch.spec.whatwg.org/#concept-headers-append
 */
export function authorRequestHeaders(headers: HeaderList): HeaderList {
  return headers
    .map(([name, value]): Header => [name, stripHttpWhitespace(value)])
    .filter(([name, value]) => !isForbiddenRequestHeader(name, value));
}
