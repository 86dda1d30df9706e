/**
 * Redirects: what becomes of a request when a response sends it elsewhere.
 *
 * @see https://fetch.spec.whatwg.org/#http-redirect-fetch
 */
import { byteLowercase } from './byte-sequence.js';
import type { HeaderList } from './header-list.js';
import type { RequestMode, ResponseTainting } from './origin-header.js';
import { isSameOrigin, serializeOrigin } from './origin.js';
import type { PageRequestBody } from './page-request.js';
import { type Profile, STANDARD } from './profile.js';
import { type FetchResponse, locationUrl, redirectLocation } from './response.js';

const MAX_REDIRECTS = 20;

/** A request, as far as a redirect looks at it and changes it. */
export interface RedirectedRequest {
  /** The page's, serialized. */
  readonly origin: string;
  readonly mode: RequestMode;
  readonly tainting: ResponseTainting;
  /** Where the request went first, and where each redirect led it. */
  readonly urlList: readonly string[];
  readonly method: string;
  readonly headers: HeaderList;
  readonly body: PageRequestBody | null;
  /** `fetch` when absent. */
  readonly api?: 'fetch' | 'xhr' | undefined;
}

/**
 * Why a redirect is not followed:
 *
 * - `redirect-to-no-url`: what `Location` says is no URL, or there are several;
 * - `redirect-to-non-http-scheme`: it is no `http:` or `https:` URL;
 * - `too-many-redirects`: it would be the twenty-first;
 * - `redirect-url-includes-credentials`: it holds a user name or a password, and is or was cross-origin;
 * - `redirect-of-stream`: the body was a stream, which cannot be sent a second time.
 */
export interface RedirectFailure {
  readonly ok: false;
  readonly reason:
    | 'redirect-to-no-url'
    | 'redirect-to-non-http-scheme'
    | 'too-many-redirects'
    | 'redirect-url-includes-credentials'
    | 'redirect-of-stream';
  readonly location: string;
}

/** The request that follows a redirect. */
export interface RedirectSuccess extends RedirectedRequest {
  readonly ok: true;
}

/**
 * Follows a redirect; null when the response is none.
 *
 * @example
 * ```ts
 * import { followRedirect } from '@cors/browser';
 *
 * const request = {
 *   origin: 'https://app.example.com',
 *   mode: 'cors',
 *   tainting: 'cors',
 *   urlList: ['https://api.example.com/old'],
 *   method: 'POST',
 *   headers: [['Authorization', 'x']],
 *   body: null,
 * } as const;
 * const headers = [['Location', 'https://cdn.example.com/new']] as const;
 * const next = followRedirect(request, { status: 302, headers });
 * if (next?.ok) console.log(next.method, next.headers); // GET []
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#http-redirect-fetch
 */
export function followRedirect(
  request: RedirectedRequest,
  response: FetchResponse,
  profile: Profile = STANDARD,
): RedirectSuccess | RedirectFailure | null {
  const location = redirectLocation(response, profile);
  if (location === null) return null;
  const url = locationUrl(response, request.urlList.at(-1) ?? '', profile);
  if (url === null) return { ok: false, reason: 'redirect-to-no-url', location };
  const reason = redirectProblem(request, response.status, url, profile);
  if (reason !== null) return { ok: false, reason, location };
  return { ok: true, ...redirected(request, response.status, url, profile) };
}

function redirectProblem(
  { origin, mode, tainting, urlList, body, api }: RedirectedRequest,
  status: number,
  url: URL,
  { fetchRefusesRedirectCredentials }: Profile,
): RedirectFailure['reason'] | null {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'redirect-to-non-http-scheme';
  if (urlList.length > MAX_REDIRECTS) return 'too-many-redirects';
  if (url.username + url.password !== '') {
    const isRefused = fetchRefusesRedirectCredentials && api !== 'xhr';
    const isForeign = mode === 'cors' && !isSameOrigin(origin, url.origin);
    if (isForeign || tainting === 'cors' || isRefused) {
      return 'redirect-url-includes-credentials';
    }
  }
  return status !== 303 && body?.isStream === true ? 'redirect-of-stream' : null;
}

/** The headers that are about a body. @see https://fetch.spec.whatwg.org/#request-body-header-name */
const BODY_HEADERS = new Set([
  'content-encoding',
  'content-language',
  'content-location',
  'content-type',
]);

function redirected(
  request: RedirectedRequest,
  status: number,
  url: URL,
  profile: Profile,
): RedirectedRequest {
  const { method, urlList } = request;
  const losesBody = redirectLosesBody(method, status);
  return {
    ...request,
    method: losesBody ? 'GET' : method,
    body: losesBody ? null : request.body,
    headers: redirectedHeaders({ ...request, urlList: [...urlList, url.href] }, status, profile),
    urlList: [...urlList, url.href],
  };
}

/** Whether a redirect makes a request one without a body, and so a GET. */
function redirectLosesBody(method: string, status: number): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD';
  return (status === 301 || status === 302) && method === 'POST';
}

/**
 * The headers that a redirect leaves.
 *
 * @param request - As it was, but with the URL that the redirect leads to.
 */
export function redirectedHeaders(
  { headers, method, origin, urlList }: Omit<RedirectedRequest, 'body'>,
  status: number,
  { droppedFromForeign, droppedAcrossOrigins }: Profile,
): HeaderList {
  const losesBody = redirectLosesBody(method, status);
  const [from = '', to = ''] = urlList.slice(-2).map(serializeOrigin);
  return headers.filter(([name]) => {
    const lower = byteLowercase(name);
    // Another server has no business with the credentials for this one.
    if (!isSameOrigin(from, to) && droppedAcrossOrigins.has(lower)) return false;
    if (!isSameOrigin(origin, to) && droppedFromForeign.has(lower)) return false;
    return !(losesBody && BODY_HEADERS.has(lower));
  });
}
