/**
 * Origins: of a URL, and of a request after its redirects.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#origin
 * @see https://fetch.spec.whatwg.org/#serializing-a-request-origin
 */
import { canParseUrl } from './can-parse-url.js';

/** How an opaque origin is serialized: one that is like no other, itself included. */
const OPAQUE = 'null';

/**
 * The origin of a URL as the `Origin` header names it; `null`, four letters, when it is opaque, as that
 * of a `data:` or `file:` URL, or when the text is no URL.
 *
 * @example
 * ```ts
 * import { serializeOrigin } from '@cors/browser';
 *
 * serializeOrigin('https://user@App.example.com:443/cart'); // 'https://app.example.com'
 * serializeOrigin('data:text/plain,x'); // 'null'
 * ```
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
 */
export function serializeOrigin(url: string): string {
  return canParseUrl(url) ? new URL(url).origin : OPAQUE;
}

/**
 * Whether two serialized origins are the same. Opaque ones never are: two of them look alike, but each
 * is another one.
 *
 * @example
 * ```ts
 * import { isSameOrigin } from '@cors/browser';
 *
 * isSameOrigin('https://app.example.com', 'https://app.example.com'); // true
 * isSameOrigin('null', 'null'); // false
 * ```
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#same-origin
 */
export function isSameOrigin(a: string, b: string): boolean {
  return a === b && a !== OPAQUE;
}

/**
 * The origin that a request names: the page's, until a redirect from one foreign origin led to another
 * one. The other server could not know on whose behalf the request comes, so from there on it is
 * `null`.
 *
 * @example
 * ```ts
 * import { serializeRequestOrigin } from '@cors/browser';
 *
 * const origin = 'https://app.example.com';
 * serializeRequestOrigin(origin, ['https://api.example.com/a']); // 'https://app.example.com'
 * serializeRequestOrigin(origin, ['https://api.example.com/a', 'https://cdn.example.com/b']); // 'null'
 * ```
 *
 * @param origin - The page's, serialized.
 * @param urlList - Where the request went first, and where each redirect led it.
 *
 * @see https://fetch.spec.whatwg.org/#serializing-a-request-origin
 */
export function serializeRequestOrigin(origin: string, urlList: readonly string[]): string {
  return isTaintedByRedirects(origin, urlList) ? OPAQUE : origin;
}

/**
 * Whether a redirect led from one foreign origin to another one: whether the redirect-taint is any other
 * than same-origin.
 *
 * @see https://fetch.spec.whatwg.org/#concept-request-tainted-origin
 */
export function isTaintedByRedirects(origin: string, urlList: readonly string[]): boolean {
  const origins = urlList.map(serializeOrigin);
  return origins.some((hop, index) => {
    const last = origins[index - 1];
    return last !== undefined && !isSameOrigin(hop, last) && !isSameOrigin(origin, last);
  });
}
