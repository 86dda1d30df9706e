/**
 * Fetching: a request on its way, between the page’s call and its end.
 */
import { corsUnsafeRequestHeaderNames } from './cors-unsafe-request-header-names.js';
import type { HeaderList } from './header-list.js';
import { serializeRequestOrigin } from './origin.js';
import type { ReferrerPolicy } from './origin-header.js';
import type { PageRequest } from './page-request.js';
import type { CacheableRequest, CorsPreflightCache } from './preflight-cache.js';
import type { Profile } from './profile.js';
import type { RedirectedRequest } from './redirect.js';

/** What stays the same from the page’s call to the end. */
export interface Fetching {
  readonly page: PageRequest;
  readonly cache: CorsPreflightCache;
  readonly clock: () => number;
  readonly profile: Profile;
}

/** A request on its way: what redirects change. */
export interface Going extends RedirectedRequest {
  /** The method and the headers before any redirect. */
  readonly firstMethod: string;
  readonly firstHeaders: HeaderList;
  /** Whether the body's type is not among those. */
  readonly isTypeApart: boolean;
  /** The headers as a preflight asks for them. */
  readonly preflightHeaders: HeaderList;
  /** Whether there was a preflight before, for a URL that redirected. */
  readonly wasPreflighted: boolean;
  readonly useCorsPreflight: boolean;
  readonly referrerPolicy: ReferrerPolicy | undefined;
}

/** The request as the checks look at it: its origin is what it says in `Origin`. */
export function checkedRequest({ page }: Fetching, going: Going): CacheableRequest {
  const { origin, urlList, method, headers, useCorsPreflight } = going;
  return {
    origin: serializeRequestOrigin(origin, urlList),
    credentialsMode: page.credentialsMode ?? 'same-origin',
    method,
    headers,
    useCorsPreflight,
    url: currentUrl(urlList),
    topLevelSite: page.topLevelSite ?? page.origin,
  };
}

/** The request as a preflight, its checks and the cache look at it. */
export function preflightedRequest(fetching: Fetching, going: Going): CacheableRequest {
  const { profile } = fetching;
  const checked = checkedRequest(fetching, going);
  const { origin, firstHeaders, preflightHeaders } = going;
  const isAsFirst =
    (going.wasPreflighted && profile.preflightsAllAfterFirst) ||
    (profile.redirectsStartAfresh &&
      corsUnsafeRequestHeaderNames(firstHeaders, profile).length > 0);
  return {
    ...checked,
    origin: profile.preflightForgetsRedirects ? origin : checked.origin,
    headers: preflightHeaders,
    useCorsPreflight: going.useCorsPreflight || isAsFirst,
  };
}

/** Where a request goes to now. */
export function currentUrl(urlList: readonly string[]): string {
  return urlList.at(-1) ?? '';
}
