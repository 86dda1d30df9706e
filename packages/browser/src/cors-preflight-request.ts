/**
 * CORS-preflight request: whether a cross-origin request needs one, why, and what it looks like.
 *
 * This is about requests in mode `cors` to another origin. Which requests are that, and what a cache
 * of earlier preflights makes unnecessary, is decided before.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
import { byteLowercase } from './byte-sequence.js';
import { isCorsSafelistedRequestHeader } from './cors-safelisted-request-header.js';
import { corsUnsafeRequestHeaderNames } from './cors-unsafe-request-header-names.js';
import type { Header, HeaderList } from './header-list.js';
import { isCorsSafelistedMethod } from './method.js';
import { type Profile, STANDARD } from './profile.js';
import type { FetchRequest } from './request.js';

/**
 * One cause of a preflight; each is enough by itself.
 *
 * - `use-cors-preflight-flag`: a listener on `upload`, or a stream as the body;
 * - `method`: the method is not CORS-safelisted;
 * - `header`: a header is not CORS-safelisted, for its name or for the values given;
 * - `header-values-too-long`: a header is CORS-safelisted by itself, but the values of all such
 *   headers come to more than 1,024 bytes.
 *
 * @example
 * ```ts
 * import type { PreflightCause } from '@cors/browser';
 *
 * const cause: PreflightCause = {
 *   because: 'header',
 *   name: 'content-type',
 *   values: ['application/json'],
 * };
 * ```
 */
export type PreflightCause =
  | { readonly because: 'use-cors-preflight-flag' }
  | { readonly because: 'method'; readonly method: string }
  | {
      readonly because: 'header' | 'header-values-too-long';
      /** Lower-cased, as the preflight asks for it. */
      readonly name: string;
      readonly values: readonly string[];
    };

/**
 * A preflight, as it is sent: always to the request's own URL, and always without credentials.
 *
 * @example
 * ```ts
 * import { corsPreflightRequest, type FetchRequest, type PreflightRequest } from '@cors/browser';
 *
 * declare const request: FetchRequest;
 *
 * const { method, headers }: PreflightRequest = corsPreflightRequest(request);
 * ```
 */
export interface PreflightRequest {
  readonly method: 'OPTIONS';
  readonly headers: HeaderList;
}

/**
 * All causes for which a request needs a preflight; none means that it is sent at once.
 *
 * @example
 * ```ts
 * import { preflightCauses } from '@cors/browser';
 *
 * preflightCauses({ method: 'POST', headers: [['Content-Type', 'application/json']] });
 * // [{ because: 'header', name: 'content-type', values: ['application/json'] }]
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#concept-main-fetch
 * @see https://fetch.spec.whatwg.org/#concept-http-fetch
 */
export function preflightCauses(
  request: Pick<FetchRequest, 'method' | 'headers' | 'useCorsPreflight'>,
  profile: Profile = STANDARD,
): readonly PreflightCause[] {
  const causes: PreflightCause[] = [];
  if (request.useCorsPreflight === true) causes.push({ because: 'use-cors-preflight-flag' });
  if (!isCorsSafelistedMethod(request.method)) {
    causes.push({ because: 'method', method: request.method });
  }
  const unsafe = valuesByName(
    request.headers.filter(([name, value]) => !isCorsSafelistedRequestHeader(name, value, profile)),
  );
  const all = valuesByName(request.headers);
  for (const name of corsUnsafeRequestHeaderNames(request.headers, profile)) {
    const values = unsafe.get(name);
    causes.push(
      values === undefined
        ? { because: 'header-values-too-long', name, values: all.get(name) ?? [] }
        : { because: 'header', name, values },
    );
  }
  return causes;
}

function valuesByName(headers: HeaderList): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const lower = byteLowercase(name);
    const values = found.get(lower);
    if (values === undefined) found.set(lower, [value]);
    else values.push(value);
  }
  return found;
}

/**
 * Whether a request needs a preflight, nothing being remembered from an earlier one.
 *
 * @example
 * ```ts
 * import { needsPreflight } from '@cors/browser';
 *
 * needsPreflight({ method: 'PUT', headers: [] }); // true
 * needsPreflight({ method: 'POST', headers: [['Content-Type', 'text/plain']] }); // false
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-fetch
 */
export function needsPreflight(
  request: Pick<FetchRequest, 'method' | 'headers' | 'useCorsPreflight'>,
  profile: Profile = STANDARD,
): boolean {
  return preflightCauses(request, profile).length > 0;
}

/**
 * The preflight that is sent for a request. Browsers add headers of their own, as `User-Agent` and
 * `Sec-Fetch-Mode`, and never a cookie.
 *
 * @example
 * ```ts
 * import { corsPreflightRequest } from '@cors/browser';
 *
 * corsPreflightRequest({
 *   origin: 'https://app.example.com',
 *   method: 'PUT',
 *   headers: [['X-B', '1'], ['X-A', '2']],
 * }).headers;
 * // [
 * //   ['Accept', '*\/*'],
 * //   ['Access-Control-Request-Method', 'PUT'],
 * //   ['Access-Control-Request-Headers', 'x-a,x-b'],
 * //   ['Origin', 'https://app.example.com'],
 * // ]
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export function corsPreflightRequest(
  request: Pick<FetchRequest, 'origin' | 'method' | 'headers'>,
  profile: Profile = STANDARD,
): PreflightRequest {
  const names = corsUnsafeRequestHeaderNames(request.headers, profile);
  const headers: Header[] = [
    ['Accept', '*/*'],
    ['Access-Control-Request-Method', request.method],
  ];
  // Without names the header is left out, not sent empty; with them no space follows a comma.
  if (names.length > 0) headers.push(['Access-Control-Request-Headers', names.join(',')]);
  headers.push(['Origin', request.origin]);
  return { method: 'OPTIONS', headers };
}
