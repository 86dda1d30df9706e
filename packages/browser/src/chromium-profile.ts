/**
 * Chromium’s profile. Each departure names the place in Chromium’s source; `pnpm test:browser` compares
 * the whole with the browser itself.
 */
import { defineProfile, LARGEST_INT64, type Profile } from './profile.js';
import {
  FLAG_DOES_NOT_ALLOW,
  RESPONSES,
  SIGNED_MAX_AGE,
  WILDCARD_COVERS_AUTHORIZATION,
} from './shared-departures.js';

const DECIMAL = /^[0-9]+(?:\.[0-9]+)?$/;
const DIGITS = /^[0-9]+$/;
const ANYTHING = /^/;

/** Client hints that a script can set. */
const SENT_HINTS = ['device-memory', 'dpr', 'width', 'viewport-width', 'rtt', 'downlink', 'ect'];

/** Names that a script can set, and names that it cannot, which Chromium itself may add. */
const CLIENT_HINTS: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    'device-memory': DECIMAL,
    dpr: DECIMAL,
    width: DIGITS,
    'viewport-width': DIGITS,
    'save-data': /^on$/i,
    rtt: ANYTHING,
    downlink: ANYTHING,
    ect: ANYTHING,
    intervention: ANYTHING,
    'sec-ch-device-memory': ANYTHING,
    'sec-ch-dpr': ANYTHING,
    'sec-ch-prefers-color-scheme': ANYTHING,
    'sec-ch-prefers-reduced-motion': ANYTHING,
    'sec-ch-prefers-reduced-transparency': ANYTHING,
    'sec-ch-ua': ANYTHING,
    'sec-ch-ua-arch': ANYTHING,
    'sec-ch-ua-bitness': ANYTHING,
    'sec-ch-ua-form-factors': ANYTHING,
    'sec-ch-ua-full-version': ANYTHING,
    'sec-ch-ua-full-version-list': ANYTHING,
    'sec-ch-ua-mobile': ANYTHING,
    'sec-ch-ua-model': ANYTHING,
    'sec-ch-ua-platform': ANYTHING,
    'sec-ch-ua-platform-version': ANYTHING,
    'sec-ch-ua-wow64': ANYTHING,
    'sec-ch-viewport-height': ANYTHING,
    'sec-ch-viewport-width': ANYTHING,
    'sec-ch-width': ANYTHING,
  }),
);

/**
 * Chromium, with all its departures but one: of more than 1,024 URLs it forgets ten at random, and no model
 * can tell which.
 */
export const CHROMIUM: Profile = defineProfile('chromium', [
  {
    ...WILDCARD_COVERS_AUTHORIZATION,
    evidence: [
      'https://github.com/whatwg/fetch/issues/1278',
      'services/network/cors/preflight_result.cc: EnsureAllowedCrossOriginHeaders',
    ],
  },
  {
    ...FLAG_DOES_NOT_ALLOW,
    evidence: ['services/network/cors/preflight_result.cc: EnsureAllowedCrossOriginMethod'],
  },
  {
    summary: 'A preflight that is redirected fails by that, before its headers are looked at.',
    settings: {
      preflightChecks: [
        'redirect',
        'cors-check',
        'status',
        'allow-methods',
        'allow-headers',
        'method',
        'headers',
      ],
    },
    evidence: ['services/network/cors/preflight_controller.cc: HandleRedirect'],
  },
  {
    summary:
      'A repeated request header is one value to the checks; by the standard each line is looked at by itself.',
    settings: { combinesRequestHeaders: true },
    evidence: ['third_party/blink/renderer/platform/network/http_header_map.h'],
  },
  {
    summary:
      'A `Range` beyond 64 bits is not CORS-safelisted; by the standard numbers have any length.',
    // The largest number itself stands for one that is out of range.
    settings: { largestByte: LARGEST_INT64 - 1n },
    evidence: [
      'services/network/public/cpp/cors/cors.cc: IsCorsSafelistedHeader',
      'seen in Chromium 156',
    ],
  },
  {
    summary: 'A listener on `upload` asks for a preflight only if there is a body.',
    settings: { uploadListenerNeedsBody: true },
    evidence: ['third_party/blink/renderer/core/xmlhttprequest/xml_http_request.cc: CreateRequest'],
  },
  {
    summary:
      'An XMLHttpRequest with text gets its charset replaced where it stands, and the type stays unsafe by its quotes; by the standard the type is written anew, without them.',
    settings: { xhrCharset: 'replaced-in-place' },
    evidence: [
      'third_party/blink/renderer/core/xmlhttprequest/xml_http_request.cc: ReplaceCharsetInMediaType',
      'seen in Chromium 156',
    ],
  },
  {
    summary: 'The `Origin` of requests outside of CORS does not follow the referrer policy.',
    settings: { referrerPolicyHidesOrigin: false },
    evidence: ['services/network/cors/cors_url_loader.cc: StartRequest'],
  },
  {
    summary:
      'A redirect to another origin than the page’s own takes away client hints that a script set.',
    settings: { droppedFromForeign: new Set(SENT_HINTS) },
    evidence: ['seen in Chromium 156'],
  },
  {
    summary:
      'fetch() follows no redirect with a user name or a password; by the standard it does within the page’s own origin and in mode no-cors.',
    settings: { fetchRefusesRedirectCredentials: true },
    evidence: ['https://crbug.com/585109'],
  },
  {
    summary:
      'A response with a NUL in a header, or with several Location that differ, is none at all.',
    settings: { refusesCorruptHeaders: true },
    evidence: ['https://www.rfc-editor.org/rfc/rfc9110#section-5.5', 'seen in Chromium 156'],
  },
  {
    summary: 'Several equal `Location` lines are one; by the standard they are an error.',
    settings: { sameLocationMayRepeat: true },
    evidence: ['net/http/http_stream_parser.cc'],
  },
  {
    summary: 'In mode no-cors, a redirect to another origin makes `Origin` null.',
    settings: { noCorsRedirectsHideOrigin: true },
    evidence: ['net/url_request/redirect_util.cc: UpdateHttpRequest'],
  },
  {
    summary:
      'A redirect that is an error by itself is reported as that where the script wants none.',
    settings: { redirectFailsBeforeMode: true },
    evidence: ['services/network/cors/cors_url_loader.cc: OnReceiveRedirect'],
  },
  {
    summary:
      'A redirect’s status without a `Location` is no error where the script wants no redirects.',
    settings: { statusAloneRedirects: false },
    evidence: ['net/http/http_response_headers.cc: IsRedirect'],
  },
  {
    summary: 'An empty `Location` redirects nowhere; by the standard it names the same URL again.',
    settings: { emptyLocationRedirects: false },
    evidence: ['net/http/http_response_headers.cc: IsRedirect'],
  },
  {
    summary:
      'A `Location` that is no URL is an error before the CORS check, and even with redirects left to the script.',
    settings: { refusesNoUrl: true, refusesLocationsAlways: true },
    evidence: ['net/url_request/url_request_job.cc: CanFollowRedirect'],
  },
  {
    summary: 'Client hints are CORS-safelisted, in part for values of some form only.',
    settings: { moreSafelistedRequestHeaders: CLIENT_HINTS },
    evidence: [
      'https://github.com/whatwg/fetch/issues/1383',
      'services/network/public/cpp/cors/cors.cc: IsCorsSafelistedHeader',
    ],
  },
  {
    summary: 'User-Agent is CORS-safelisted; by the standard it is a header like others.',
    settings: {
      moreSafelistedRequestHeaders: new Map([...CLIENT_HINTS, ['user-agent', ANYTHING]]),
    },
    evidence: ['https://crbug.com/571722'],
  },
  {
    ...SIGNED_MAX_AGE,
    evidence: ['services/network/cors/preflight_result.cc: ParseAccessControlMaxAge'],
  },
  {
    summary: 'A preflight is kept for two hours at most.',
    settings: { maxAge: { limit: 7200 } },
    evidence: ['services/network/cors/preflight_result.cc: kMaxTimeout'],
  },
  {
    ...RESPONSES,
    evidence: ['services/network/cors/preflight_cache.cc: CheckIfRequestCanSkipPreflight'],
  },
  {
    summary:
      'A request with a conditional header, as If-None-Match, or with an origin that redirects made null is preflighted each time.',
    settings: { cache: { skippedByConditionalsOf: ['fetch', 'xhr'], skippedWhenTainted: true } },
    evidence: ['services/network/cors/preflight_controller.cc: RetrieveCacheFlags'],
  },
  {
    summary: 'Nothing is remembered about URLs of 1,024 characters or more.',
    settings: { cache: { tooLongUrl: 1024 } },
    evidence: ['services/network/cors/preflight_cache.cc: kMaxKeyLength'],
  },
]);
