/**
 * HTTP fetch: a request to one URL, with its preflight, up to what the page gets, the redirect that it
 * follows, or the failure.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-fetch
 */
import { byteLowercase } from './byte-sequence.js';
import { corsCheckOutcome } from './check.js';
import { corsCheck } from './cors-check.js';
import { corsUnsafeRequestHeaderNames } from './cors-unsafe-request-header-names.js';
import { preflightCauses } from './cors-preflight-request.js';
import {
  exposedResponseHeaders,
  isForbiddenResponseHeaderName,
} from './exposed-response-headers.js';
import type { FetchFailure } from './fetch-failure.js';
import {
  checkedRequest,
  currentUrl,
  type Fetching,
  type Going,
  preflightedRequest,
} from './fetching.js';
import type { Header, HeaderList } from './header-list.js';
import { originHeader } from './origin-header.js';
import type { PageRequest } from './page-request.js';
import { preflightFetch } from './preflight-fetch.js';
import type { Profile } from './profile.js';
import {
  followRedirect,
  type RedirectedRequest,
  redirectedHeaders,
  type RedirectFailure,
} from './redirect.js';
import { referrerPolicyAfter } from './referrer-policy.js';
import { type FetchResponse, isRedirectStatus, redirectLocation } from './response.js';
import type { Asking } from './send.js';
import type { Hop, PageResponse, SentRequest } from './transcript.js';

/** What the page gets, or why it gets nothing. */
export type End = PageResponse | FetchFailure;

/** A request to one URL: its end, or how it goes on. */
export type HttpFetched =
  | { readonly hop: Hop; readonly end: End; readonly next: null }
  | { readonly hop: Hop; readonly end: null; readonly next: Going };

/** Sends a request to where it goes now, after its preflight. */
export function* httpFetch(fetching: Fetching, going: Going): Asking<HttpFetched> {
  const { cache, profile } = fetching;
  const asked = preflightedRequest(fetching, going);
  const url = currentUrl(going.urlList);
  const start: Hop = {
    url,
    tainting: going.tainting,
    preflight: null,
    request: null,
    response: null,
    checks: [],
  };
  const isPreflighted = going.tainting === 'cors' && preflightCauses(asked, profile).length > 0;
  const forget = (): void => {
    const { clearedBy } = profile.cache;
    const wasAsked = isPreflighted || going.wasPreflighted;
    const counts = clearedBy === 'all-failures' || (clearedBy !== 'nothing' && wasAsked);
    if (counts && going.tainting === 'cors') cache.clear(asked, profile);
  };
  const fail = (hop: Hop, end: FetchFailure): HttpFetched => {
    forget();
    return { hop, end, next: null };
  };

  const asking = isPreflighted ? yield* preflightFetch(fetching, going, asked) : null;
  const hop: Hop = { ...start, preflight: asking?.preflight ?? null };
  if (asking !== null && asking.failure !== null) return fail(hop, asking.failure);

  const request = sentRequest(fetching, going);
  const answer = yield request;
  if (!answer.ok) {
    const failure = { reason: 'network-failure', error: answer.error } as const;
    return fail({ ...hop, request }, { stage: 'response', failure });
  }
  const { response } = answer;
  const refused = refusedRedirect(fetching, going, response);
  if (refused !== null) {
    return fail({ ...hop, request, response }, { stage: 'redirect', failure: refused });
  }
  const checked = checkedRequest(fetching, going);
  const check = going.tainting === 'cors' ? corsCheck(checked, response) : null;
  const checks = check === null ? [] : [corsCheckOutcome(check)];
  const answered: Hop = { ...hop, request, response, checks };
  if (check !== null && !check.ok) return fail(answered, { stage: 'response', failure: check });

  const asks = { ...going, wasPreflighted: going.wasPreflighted || isPreflighted };
  const followed = afterResponse(fetching, asks, response);
  if ('stage' in followed) return fail(answered, followed);
  return 'type' in followed
    ? { hop: answered, end: followed, next: null }
    : { hop: answered, end: null, next: followed };
}

/** What the page gets, where the request goes next, or why neither. */
function afterResponse(
  { page, profile }: Fetching,
  going: Going,
  response: FetchResponse,
): End | Going {
  if (!isRedirectStatus(response.status)) {
    return filteredResponse(page, going, response, profile);
  }
  const next = followRedirect(going, response, profile);
  switch (page.redirectMode) {
    case 'error': {
      if (next === null && !profile.statusAloneRedirects) {
        return filteredResponse(page, going, response, profile);
      }
      // Where the new URL leads to is only looked at when it is followed.
      const isFirst = next?.ok === false && next.reason !== 'redirect-to-non-http-scheme';
      if (isFirst && profile.redirectFailsBeforeMode) return { stage: 'redirect', failure: next };
      const location = redirectLocation(response);
      return { stage: 'redirect', failure: { reason: 'redirect-mode-error', location } };
    }
    case 'manual':
      return { type: 'opaqueredirect', status: 0, headers: [], url: responseUrl(going) };
    default:
      if (next === null) return filteredResponse(page, going, response, profile);
      return next.ok
        ? redirected(going, next, response, profile)
        : { stage: 'redirect', failure: next };
  }
}

function redirected(
  going: Going,
  next: RedirectedRequest,
  response: FetchResponse,
  profile: Profile,
): Going {
  const referrerPolicy = referrerPolicyAfter(going.referrerPolicy, response);
  const restart = (method: string): HeaderList =>
    redirectedHeaders({ ...next, method, headers: going.firstHeaders }, response.status, profile);
  if (!profile.redirectsStartAfresh) {
    return { ...going, ...next, referrerPolicy, preflightHeaders: next.headers };
  }
  const type = going.isTypeApart ? next.headers.filter(isContentType) : [];
  const asksAsBefore =
    going.isTypeApart &&
    going.wasPreflighted &&
    !going.useCorsPreflight &&
    corsUnsafeRequestHeaderNames(going.firstHeaders, profile).length === 0;
  return {
    ...going,
    ...next,
    referrerPolicy,
    headers: [...restart(going.firstMethod), ...type],
    preflightHeaders: asksAsBefore ? going.preflightHeaders : [...restart(going.method), ...type],
  };
}

function isContentType([name]: Header): boolean {
  return byteLowercase(name) === 'content-type';
}

/** A redirect that fails before anything else is looked at; null when there is none. */
function refusedRedirect(
  { page, profile }: Fetching,
  going: Going,
  response: FetchResponse,
): RedirectFailure | null {
  const { refusesNoUrl, refusedSchemes, refusesLocationsAlways } = profile;
  const { redirectMode = 'follow' } = page;
  if (!refusesNoUrl || (redirectMode !== 'follow' && !refusesLocationsAlways)) return null;
  const next = followRedirect(going, response, profile);
  if (next === null || next.ok) return null;
  const isRefused =
    next.reason === 'redirect-to-no-url' ||
    (next.reason === 'redirect-to-non-http-scheme' &&
      refusedSchemes.has(new URL(next.location, currentUrl(going.urlList)).protocol));
  return isRefused ? next : null;
}

/** @see https://fetch.spec.whatwg.org/#concept-filtered-response */
function filteredResponse(
  page: PageRequest,
  going: Going,
  response: FetchResponse,
  profile: Profile,
): PageResponse {
  const type = going.tainting;
  const isXhr = page.api === 'xhr';
  const settings = isXhr ? { ...profile, wildcardExposesBeforeMalformed: false } : profile;
  if (type === 'opaque') return { type, status: 0, headers: [], url: '' };
  const headers =
    type === 'cors'
      ? exposedResponseHeaders(response, page.credentialsMode ?? 'same-origin', settings)
      : response.headers.filter(([name]) => !isForbiddenResponseHeaderName(name));
  return { type, status: response.status, headers, url: responseUrl(going) };
}

/** @see https://fetch.spec.whatwg.org/#dom-response-url */
function responseUrl({ urlList }: Going): string {
  const url = new URL(currentUrl(urlList));
  url.hash = '';
  return url.href;
}

function sentRequest({ page, profile }: Fetching, going: Going): SentRequest {
  const { credentialsMode = 'same-origin' } = page;
  const { method, headers, tainting, urlList, body } = going;
  const origin = originHeader(going, profile);
  const originHeaders: readonly Header[] = origin === null ? [] : [['Origin', origin]];
  return {
    url: currentUrl(urlList),
    method,
    headers: [...headers, ...originHeaders],
    body: body?.content ?? null,
    withCredentials:
      credentialsMode === 'include' || (credentialsMode === 'same-origin' && tainting === 'basic'),
  };
}
