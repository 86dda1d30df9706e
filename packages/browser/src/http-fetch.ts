/**
 * HTTP fetch: a request to one URL, with its preflight, up to what the page gets, the redirect that it
 * follows, or the failure.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-fetch
 */
import { corsCheckOutcome } from './check.js';
import { corsCheck } from './cors-check.js';
import { preflightCauses } from './cors-preflight-request.js';
import {
  exposedResponseHeaders,
  isForbiddenResponseHeaderName,
} from './exposed-response-headers.js';
import type { FetchFailure } from './fetch-failure.js';
import { askedFor, currentUrl, type Fetching, type Going } from './fetching.js';
import type { Header } from './header-list.js';
import { originHeader } from './origin-header.js';
import type { PageRequest } from './page-request.js';
import { preflightFetch } from './preflight-fetch.js';
import { followRedirect } from './redirect.js';
import { referrerPolicyAfter } from './referrer-policy.js';
import { type FetchResponse, redirectLocation } from './response.js';
import { answerOf } from './send.js';
import type { Hop, PageResponse, SentRequest } from './transcript.js';

/** What the page gets, or why it gets nothing. */
export type End = PageResponse | FetchFailure;

/** A request to one URL: its end, or how it goes on. */
export type HttpFetched =
  | { readonly hop: Hop; readonly end: End; readonly next: null }
  | { readonly hop: Hop; readonly end: null; readonly next: Going };

/** Sends a request to where it goes now, after its preflight. */
export async function httpFetch(fetching: Fetching, going: Going): Promise<HttpFetched> {
  const { cache, profile } = fetching;
  const asked = askedFor(fetching, going);
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
    const counts = clearedBy === 'all-failures' || (clearedBy !== 'nothing' && isPreflighted);
    if (counts && going.tainting === 'cors') cache.clear(asked, profile);
  };
  const fail = (hop: Hop, end: FetchFailure): HttpFetched => {
    forget();
    return { hop, end, next: null };
  };

  const asking = isPreflighted ? await preflightFetch(fetching, asked) : null;
  const hop: Hop = { ...start, preflight: asking?.preflight ?? null };
  if (asking !== null && asking.failure !== null) return fail(hop, asking.failure);

  const request = sentRequest(fetching.page, going);
  const answer = await answerOf(fetching.send, request);
  if (!answer.ok) {
    const failure = { reason: 'network-failure', error: answer.error } as const;
    return fail({ ...hop, request }, { stage: 'response', failure });
  }
  const { response } = answer;
  const check = going.tainting === 'cors' ? corsCheck(asked, response) : null;
  const checks = check === null ? [] : [corsCheckOutcome(check)];
  const answered: Hop = { ...hop, request, response, checks };
  if (check !== null && !check.ok) return fail(answered, { stage: 'response', failure: check });

  const followed = afterResponse(fetching.page, going, response);
  if ('stage' in followed) return fail(answered, followed);
  return 'type' in followed
    ? { hop: answered, end: followed, next: null }
    : { hop: answered, end: null, next: followed };
}

/** What the page gets, where the request goes next, or why neither. */
function afterResponse(page: PageRequest, going: Going, response: FetchResponse): End | Going {
  const location = redirectLocation(response);
  if (location === null) return filteredResponse(page, going, response);
  switch (page.redirectMode) {
    case 'error':
      return { stage: 'redirect', failure: { reason: 'redirect-mode-error', location } };
    case 'manual':
      return { type: 'opaqueredirect', status: 0, headers: [], url: page.url };
    default: {
      const next = followRedirect(going, response);
      if (next === null) return filteredResponse(page, going, response);
      if (!next.ok) return { stage: 'redirect', failure: next };
      const referrerPolicy = referrerPolicyAfter(going.referrerPolicy, response);
      return { ...going, ...next, referrerPolicy };
    }
  }
}

/** @see https://fetch.spec.whatwg.org/#concept-filtered-response */
function filteredResponse(page: PageRequest, going: Going, response: FetchResponse): PageResponse {
  const type = going.tainting;
  if (type === 'opaque') return { type, status: 0, headers: [], url: '' };
  const headers =
    type === 'cors'
      ? exposedResponseHeaders(response, page.credentialsMode ?? 'same-origin')
      : response.headers.filter(([name]) => !isForbiddenResponseHeaderName(name));
  const url = new URL(currentUrl(going.urlList));
  url.hash = '';
  return { type, status: response.status, headers, url: url.href };
}

function sentRequest({ credentialsMode = 'same-origin' }: PageRequest, going: Going): SentRequest {
  const { method, headers, tainting, urlList, body } = going;
  const origin = originHeader(going);
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
