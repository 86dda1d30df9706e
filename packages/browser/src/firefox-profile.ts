/**
 * Firefox’s profile. Each departure names the place in Firefox’s source; `pnpm test:browser` compares
 * the whole with the browser itself.
 */
import { defineProfile, LARGEST_UINT64, type Profile } from './profile.js';
import { FLAG_DOES_NOT_ALLOW, WILDCARD_COVERS_AUTHORIZATION } from './shared-departures.js';

/** Firefox, with all its departures. */
export const FIREFOX: Profile = defineProfile('firefox', [
  {
    ...WILDCARD_COVERS_AUTHORIZATION,
    evidence: [
      'netwerk/protocol/http/nsCORSListenerProxy.cpp: CheckPreflightRequestApproved',
      'the preference network.cors_preflight.authorization_covered_by_wildcard',
    ],
  },
  {
    ...FLAG_DOES_NOT_ALLOW,
    evidence: ['netwerk/protocol/http/nsCORSListenerProxy.cpp: CheckPreflightRequestApproved'],
  },
  {
    summary:
      'Each list is checked as soon as it is read, the methods first; a redirect is looked at after the CORS check.',
    settings: {
      preflightChecks: [
        'cors-check',
        'redirect',
        'status',
        'allow-methods',
        'method',
        'allow-headers',
        'headers',
      ],
    },
    evidence: ['netwerk/protocol/http/nsCORSListenerProxy.cpp: CheckPreflightRequestApproved'],
  },
  {
    summary:
      'A `Range` beyond 64 bits is not CORS-safelisted; by the standard numbers have any length.',
    settings: { largestByte: LARGEST_UINT64 },
    evidence: ['dom/fetch/FetchUtil.cpp', 'seen in Firefox 153'],
  },
  {
    summary: 'CORS-safelisted values may come to any length together.',
    settings: { safelistedValuesLimit: null },
    evidence: ['dom/fetch/InternalHeaders.cpp: GetUnsafeHeaders'],
  },
  {
    summary: 'A header with several lines is asked for several times.',
    settings: { preflightRepeatsNames: true },
    evidence: ['dom/fetch/InternalHeaders.cpp: GetUnsafeHeaders'],
  },
  {
    summary:
      'A preflight after a redirect names the page’s own origin, and to that origin it needs no permission; by the standard it names null after foreign redirects.',
    settings: { preflightForgetsRedirects: true },
    evidence: ['netwerk/protocol/http/nsCORSListenerProxy.cpp: StartCORSPreflight'],
  },
  {
    summary:
      'What follows a preflighted request’s redirect is preflighted, whether it needs it or not.',
    settings: { preflightsAllAfterFirst: true },
    evidence: ['netwerk/protocol/http/nsCORSListenerProxy.cpp: CheckPreflightNeeded'],
  },
  {
    summary:
      'A redirect takes headers away from those of the first request; what an earlier one took comes back, and a preflight goes by what was there first.',
    settings: { redirectsStartAfresh: true },
    evidence: [
      'dom/fetch/FetchDriver.cpp: AsyncOnChannelRedirect',
      'netwerk/protocol/http/nsCORSListenerProxy.cpp: AsyncOnChannelRedirect',
    ],
  },
  {
    summary:
      'The type that a body brings to an XMLHttpRequest does not come back once a redirect took it away, and preflights go on asking for it.',
    settings: { xhrBodyTypeIsApart: true },
    evidence: [
      'dom/xhr/XMLHttpRequestMainThread.cpp: OnRedirectVerifyCallback',
      'netwerk/protocol/http/HttpBaseChannel.cpp: SetupReplacementChannel',
    ],
  },
  {
    summary:
      'Whether an XMLHttpRequest with text needs a preflight goes by the type as the script set it; by the standard by the one that is sent, with the true charset.',
    settings: { xhrCharset: 'as-set' },
    evidence: ['seen in Firefox 153'],
  },
  {
    summary:
      'A comma makes a Content-Type unsafe, in a parameter, too; by the standard it may stand there.',
    settings: { commaMakesTypeUnsafe: true },
    evidence: ['dom/base/nsContentUtils.cpp: IsAllowedNonCorsContentType'],
  },
  {
    summary: 'Bytes from 0x80 make a request header’s value unsafe; by the standard they do not.',
    settings: { highBytesAreUnsafe: true },
    evidence: ['dom/base/nsContentUtils.cpp: IsCorsUnsafeRequestHeaderValue, by signed characters'],
  },
  {
    summary:
      'A response with a NUL in a header, or with several Location that differ, is none at all.',
    settings: { refusesCorruptHeaders: true },
    evidence: ['https://www.rfc-editor.org/rfc/rfc9110#section-5.5', 'seen in Firefox 153'],
  },
  {
    summary: 'Several equal `Location` lines are one; by the standard they are an error.',
    settings: { sameLocationMayRepeat: true },
    evidence: ['netwerk/protocol/http/nsHttpHeaderArray.cpp: SetHeaderFromNet'],
  },
  {
    summary:
      'A `Location` that is no URL, or one of data:, blob: or javascript:, is an error before the CORS check.',
    settings: {
      refusesNoUrl: true,
      refusedSchemes: new Set(['blob:', 'data:', 'javascript:']),
    },
    evidence: ['netwerk/protocol/http/nsHttpChannel.cpp: AsyncProcessRedirection'],
  },
  {
    summary:
      'To fetch() a `*` in Access-Control-Expose-Headers counts although something malformed stands behind it.',
    settings: { wildcardExposesBeforeMalformed: true },
    evidence: ['dom/fetch/InternalHeaders.cpp: CORSHeaders'],
  },
  {
    summary:
      'An empty line counts only where a header has no other, and in Access-Control-Allow-Origin; by the standard it is a line like others.',
    settings: {
      countedWhenEmpty: new Set(['access-control-allow-origin']),
    },
    evidence: ['netwerk/protocol/http/nsHttpHeaderArray.h: MergeHeader'],
  },
  {
    summary:
      'A malformed Access-Control-Max-Age keeps the preflight from being remembered; by the standard it is remembered for 5 seconds.',
    settings: { maxAge: { malformed: 0, emptyIsAbsent: true } },
    evidence: ['netwerk/protocol/http/nsCORSListenerProxy.cpp: AddResultToCache'],
  },
  {
    summary: 'A preflight is kept for a day at most.',
    settings: { maxAge: { limit: 86400 } },
    evidence: ['netwerk/protocol/http/nsCORSListenerProxy.cpp: AddResultToCache'],
  },
  {
    summary:
      'What is remembered with credentials serves no request without; by the standard it does.',
    settings: { cache: { keepsCredentialsApart: true } },
    evidence: ['netwerk/protocol/http/nsCORSListenerProxy.cpp: GetEntry'],
  },
  {
    summary:
      'What a preflight allows again is remembered from then on; by the standard from when it was first.',
    settings: { cache: { countsFromLast: true } },
    evidence: ['netwerk/protocol/http/nsCORSListenerProxy.cpp: AddResultToCache'],
  },
  {
    summary:
      'That there was a preflight is remembered for good: a GET or POST with an upload listener and no other cause needs no more of them.',
    settings: { cache: { successLasts: true } },
    evidence: ['netwerk/protocol/http/nsCORSListenerProxy.cpp: PurgeExpired leaves the entry'],
  },
  {
    summary:
      'Preflights are remembered for 100 URLs; for one more, the one that was asked longest ago is forgotten.',
    settings: { cache: { mostKeys: 100 } },
    evidence: [
      'netwerk/protocol/http/nsCORSListenerProxy.cpp: PREFLIGHT_CACHE_SIZE',
      'seen in Firefox 153',
    ],
  },
  {
    summary: 'A remembered `*` allows nothing but a method or a header of that name.',
    settings: { cache: { wildcardMatchesAll: false } },
    evidence: ['netwerk/protocol/http/nsCORSListenerProxy.cpp: CheckRequest'],
  },
  {
    summary: 'HEAD must be remembered like other methods, GET and POST never.',
    settings: { cache: { exemptMethods: ['GET', 'POST'], flagLiftsExemption: false } },
    evidence: ['netwerk/protocol/http/nsCORSListenerProxy.cpp: CheckRequest'],
  },
  {
    summary: 'fetch() with a conditional header, as If-None-Match, is preflighted each time.',
    settings: { cache: { skippedByConditionalsOf: ['fetch'], keepsSkipped: true } },
    evidence: ['netwerk/protocol/http/nsCORSListenerProxy.cpp: StartCORSPreflight'],
  },
  {
    summary: 'A request without a preflight that fails its CORS check clears the cache, too.',
    settings: { cache: { clearedBy: 'all-failures' } },
    evidence: ['netwerk/protocol/http/nsCORSListenerProxy.cpp: OnStartRequest'],
  },
]);
