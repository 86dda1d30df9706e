/**
 * What a page's script asks for, by `fetch()` or `XMLHttpRequest` → the request that its browser makes
 * of it, or the `TypeError` that the script gets at once.
 *
 * @see https://fetch.spec.whatwg.org/#dom-request
 * @see https://xhr.spec.whatwg.org/#the-send()-method
 */
import { authorRequestHeaders } from './author-request-headers.js';
import { byteLowercase, stripHttpWhitespace } from './byte-sequence.js';
import { canParseUrl } from './can-parse-url.js';
import { isCorsSafelistedRequestHeader } from './cors-safelisted-request-header.js';
import { getHeaderValue, type Header, type HeaderList } from './header-list.js';
import { isCorsSafelistedMethod, isForbiddenMethod, isMethod, normalizeMethod } from './method.js';
import type { ReferrerPolicy } from './origin-header.js';
import type { Profile } from './profile.js';
import type { CredentialsMode } from './request.js';
import { isToken } from './token.js';
import { withTrueCharset } from './xhr-content-type.js';

/**
 * The body of a request.
 *
 * @example
 * ```ts
 * import type { PageRequestBody } from '@cors/browser';
 *
 * const json: PageRequestBody = { content: '{}' };
 * const form: PageRequestBody = {
 *   content: 'a=b',
 *   contentType: 'application/x-www-form-urlencoded;charset=UTF-8',
 * };
 * ```
 */
export interface PageRequestBody {
  readonly content: string;
  /**
   * The type that the body brings along, which is sent unless the script sets another. That of a
   * string, `text/plain;charset=UTF-8`, when absent; null for none, as bytes have it.
   */
  readonly contentType?: string | null | undefined;
  /** Whether it is a `ReadableStream`, which cannot be sent twice. */
  readonly isStream?: boolean | undefined;
}

/**
 * `fetch(url, …)`, or an `XMLHttpRequest`, in a page of an origin. What is absent is as `fetch()` has
 * it by itself.
 *
 * @example
 * ```ts
 * import type { PageRequest } from '@cors/browser';
 *
 * const request: PageRequest = {
 *   origin: 'https://app.example.com',
 *   url: 'https://api.example.com/cart',
 *   method: 'PUT',
 *   headers: [['Content-Type', 'application/json']],
 *   credentialsMode: 'include',
 *   body: { content: '{}' },
 * };
 * ```
 */
export interface PageRequest {
  /** The page's, serialized; `null` for a sandboxed frame or a file. */
  readonly origin: string;
  /** Absolute. */
  readonly url: string;
  /** As the script writes it; `GET` when absent. */
  readonly method?: string | undefined;
  /** As the script sets them, in order. */
  readonly headers?: HeaderList | undefined;
  /** `cors` when absent. */
  readonly mode?: 'cors' | 'no-cors' | 'same-origin' | undefined;
  /** `same-origin` when absent. */
  readonly credentialsMode?: CredentialsMode | undefined;
  /** `follow` when absent. */
  readonly redirectMode?: 'follow' | 'error' | 'manual' | undefined;
  readonly referrerPolicy?: ReferrerPolicy | undefined;
  readonly body?: PageRequestBody | null | undefined;
  /** `fetch` when absent. */
  readonly api?: 'fetch' | 'xhr' | undefined;
  /** Whether there are listeners on an `XMLHttpRequest`'s `upload`. */
  readonly uploadListener?: boolean | undefined;
  /** The site of the page that the user sees; the page's origin when absent. */
  readonly topLevelSite?: string | undefined;
}

/** A request as it is when the script's call has been accepted, before it goes anywhere. */
export interface PreparedRequest {
  readonly method: string;
  readonly headers: HeaderList;
  readonly body: PageRequestBody | null;
  /** Whether `Content-Type`, the last of the headers, is what the body brings. */
  readonly hasBodyType: boolean;
  readonly useCorsPreflight: boolean;
}

/**
 * Why a script's call fails at once:
 *
 * - `invalid-url`: the URL is none, or holds a user name or a password;
 * - `invalid-method`: the method is no token;
 * - `forbidden-method`: it is CONNECT, TRACE or TRACK;
 * - `invalid-header`: a header's name is no token, or its value holds a NUL, a line end, or a character
 *   that is no byte;
 * - `no-cors-method`: in mode `no-cors`, the method is not CORS-safelisted;
 * - `body-not-allowed`: a body with GET or HEAD, or a stream in mode `no-cors`.
 */
export interface ScriptFailure {
  readonly ok: false;
  readonly reason:
    | 'invalid-url'
    | 'invalid-method'
    | 'forbidden-method'
    | 'invalid-header'
    | 'no-cors-method'
    | 'body-not-allowed';
  /** What is wrong. */
  readonly value: string;
}

/** What a browser makes of a script's call. */
export function prepareRequest(
  page: PageRequest,
  profile: Profile,
): PreparedRequest | ScriptFailure {
  return scriptFailure(page) ?? prepare(page, profile);
}

function scriptFailure(page: PageRequest): ScriptFailure | null {
  const { url, method = 'GET', mode = 'cors', headers = [], body = null, api = 'fetch' } = page;
  const failure = (reason: ScriptFailure['reason'], value: string): ScriptFailure => ({
    ok: false,
    reason,
    value,
  });
  if (!canParseUrl(url)) return failure('invalid-url', url);
  const { username, password } = new URL(url);
  // `XMLHttpRequest` takes them for the user's own credentials.
  if (api === 'fetch' && username + password !== '') return failure('invalid-url', url);
  if (!isMethod(method)) return failure('invalid-method', method);
  if (isForbiddenMethod(method)) return failure('forbidden-method', method);
  if (mode === 'no-cors' && !isCorsSafelistedMethod(normalizeMethod(method))) {
    return failure('no-cors-method', method);
  }
  // Before what a script cannot set is dropped: `Host` with a line end inside throws as well.
  for (const [name, value] of headers) {
    if (!isToken(name) || !isHeaderValue(value)) return failure('invalid-header', name);
  }
  if (api === 'fetch' && body !== null) {
    if (['GET', 'HEAD'].includes(normalizeMethod(method)))
      return failure('body-not-allowed', method);
    if (body.isStream === true && mode === 'no-cors') return failure('body-not-allowed', mode);
  }
  return null;
}

/** @see https://fetch.spec.whatwg.org/#header-value */
function isHeaderValue(value: string): boolean {
  return !/[\0\n\r\u0100-\uffff]/.test(stripHttpWhitespace(value));
}

function prepare(page: PageRequest, profile: Profile): PreparedRequest {
  const { api = 'fetch', mode = 'cors', uploadListener = false } = page;
  const method = normalizeMethod(page.method ?? 'GET');
  const isXhr = api === 'xhr';
  // `XMLHttpRequest` forgets a body that `fetch()` refuses.
  const body = isXhr && ['GET', 'HEAD'].includes(method) ? null : (page.body ?? null);
  const authorHeaders = authorRequestHeaders(page.headers ?? []);
  const isNoCors = mode === 'no-cors';
  const allowed = isNoCors ? noCorsSafelisted(authorHeaders, profile) : authorHeaders;
  const isCombined = isXhr || profile.combinesRequestHeaders;
  const joined = isCombined ? combined(allowed) : allowed;
  const authorSet = isXhr && isText(body) ? withTrueCharset(joined, profile) : joined;
  const withType = withContentType(authorSet, body);
  const isListenedTo = uploadListener && (body !== null || !profile.uploadListenerNeedsBody);
  return {
    method,
    headers: isNoCors ? noCorsSafelisted(withType, profile) : withType,
    body,
    hasBodyType: withType.length > authorSet.length,
    useCorsPreflight: isXhr ? isListenedTo : body?.isStream === true,
  };
}

function withContentType(headers: HeaderList, body: PageRequestBody | null): HeaderList {
  const type = typeOf(body);
  if (type === null || getHeaderValue('Content-Type', headers) !== null) return headers;
  return [...headers, ['Content-Type', type]];
}

/** @see https://fetch.spec.whatwg.org/#concept-bodyinit-extract */
function typeOf(body: PageRequestBody | null): string | null {
  if (isText(body)) return 'text/plain;charset=UTF-8';
  return body?.isStream === true ? null : (body?.contentType ?? null);
}

function isText(body: PageRequestBody | null): boolean {
  return body !== null && body.contentType === undefined && body.isStream !== true;
}

/** @see https://xhr.spec.whatwg.org/#the-setrequestheader()-method */
function combined(headers: HeaderList): HeaderList {
  const values = new Map<string, Header>();
  for (const [name, value] of headers) {
    const lower = byteLowercase(name);
    const [first, sofar] = values.get(lower) ?? [name, null];
    values.set(lower, [first, sofar === null ? value : `${sofar}, ${value}`]);
  }
  return [...values.values()];
}

const NO_CORS_SAFELISTED = new Set([
  'accept',
  'accept-language',
  'content-language',
  'content-type',
]);

/**
 * The headers that a request in mode `no-cors` may have; others are dropped without a word.
 *
 * @see https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header
 */
function noCorsSafelisted(headers: HeaderList, profile: Profile): HeaderList {
  const kept: Header[] = [];
  for (const [name, value] of headers) {
    const before = getHeaderValue(name, kept);
    const together = before === null ? value : `${before}, ${value}`;
    const isSafelisted =
      NO_CORS_SAFELISTED.has(byteLowercase(name)) &&
      isCorsSafelistedRequestHeader(name, together, profile);
    if (isSafelisted) kept.push([name, value]);
  }
  return kept;
}
