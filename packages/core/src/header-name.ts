/**
 * Header names: which ones a policy may list, because listing them can have an effect.
 */

/** @see https://fetch.spec.whatwg.org/#forbidden-request-header */
const FORBIDDEN_REQUEST_HEADERS: ReadonlySet<string> = new Set(
  (
    'accept-charset accept-encoding access-control-request-headers access-control-request-method ' +
    'connection content-length cookie cookie2 date dnt expect host keep-alive origin referer ' +
    'set-cookie te trailer transfer-encoding upgrade via'
  ).split(' '),
);

/**
 * Whether no script can set a request header of this name, so that allowing it is dead. The whole
 * `Access-Control-` family counts: its response names are a reply's, never a request's.
 */
export function isForbiddenRequestHeaderName(name: string): boolean {
  const lower = name.toLowerCase();
  return (
    FORBIDDEN_REQUEST_HEADERS.has(lower) ||
    lower.startsWith('proxy-') ||
    lower.startsWith('sec-') ||
    lower.startsWith('access-control-')
  );
}

/**
 * Names that only requests carry. `Accept`, `Accept-Encoding` and `Authorization` are not among
 * them: the first two are also response fields (RFC 9110, section 12.5), and servers do hand out
 * tokens in the third.
 */
const REQUEST_ONLY_HEADERS: ReadonlySet<string> = new Set(
  (
    'accept-charset accept-language access-control-request-headers access-control-request-method ' +
    'cookie cookie2 dnt expect from host if-match if-modified-since if-none-match if-range ' +
    'if-unmodified-since max-forwards origin proxy-authorization range referer te user-agent ' +
    'upgrade-insecure-requests sec-fetch-dest sec-fetch-mode sec-fetch-site sec-fetch-user'
  ).split(' '),
);

/**
 * Whether exposing a response header of this name is dead: a forbidden response-header name, which
 * browsers never show, or a name that no response carries.
 *
 * @see https://fetch.spec.whatwg.org/#forbidden-response-header-name
 */
export function isUnexposableHeaderName(name: string): boolean {
  const lower = name.toLowerCase();
  return lower === 'set-cookie' || lower === 'set-cookie2' || REQUEST_ONLY_HEADERS.has(lower);
}

/**
 * Names that the wildcard `*` does not cover.
 *
 * @see https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
 */
export function isNonWildcardRequestHeaderName(name: string): boolean {
  return name.toLowerCase() === 'authorization';
}
