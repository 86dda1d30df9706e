/**
 * WebKit’s profile, from reading its source and its bugs: there is no Safari to compare it with.
 */
import { defineProfile, type Profile } from './profile.js';
import {
  FLAG_DOES_NOT_ALLOW,
  RESPONSES,
  SIGNED_MAX_AGE,
  WILDCARD_COVERS_AUTHORIZATION,
} from './shared-departures.js';

/** WebKit, with all its departures. */
export const WEBKIT: Profile = defineProfile('webkit', [
  {
    ...WILDCARD_COVERS_AUTHORIZATION,
    evidence: [
      'https://github.com/whatwg/fetch/issues/1919',
      'Source/WebCore/loader/CrossOriginPreflightResultCache.cpp: validateCrossOriginHeaders',
    ],
  },
  {
    ...FLAG_DOES_NOT_ALLOW,
    evidence: [
      'Source/WebCore/loader/CrossOriginPreflightResultCache.cpp: validateMethodAndHeaders',
    ],
  },
  {
    summary: 'The status of a preflight’s response is looked at before the CORS check.',
    settings: {
      preflightChecks: [
        'redirect',
        'status',
        'cors-check',
        'allow-methods',
        'allow-headers',
        'method',
        'headers',
      ],
    },
    evidence: ['Source/WebCore/loader/CrossOriginAccessControl.cpp: validatePreflightResponse'],
  },
  {
    summary: 'The unit of a range may be in any case.',
    settings: { singleRange: /^bytes=([0-9]*)-([0-9]*)$/i },
    evidence: ['Source/WebCore/platform/network/HTTPParsers.cpp: parseRange'],
  },
  {
    summary:
      'A repeated request header is one value to the checks; by the standard each line is looked at by itself.',
    settings: { combinesRequestHeaders: true },
    evidence: ['Source/WebCore/platform/network/HTTPHeaderMap.cpp: add'],
  },
  {
    summary: 'CORS-safelisted values may come to any length together.',
    settings: { safelistedValuesLimit: null },
    evidence: [
      'Source/WebCore/loader/CrossOriginAccessControl.cpp: isSimpleCrossOriginAccessRequest',
    ],
  },
  {
    ...SIGNED_MAX_AGE,
    evidence: [
      'https://github.com/WebKit/WebKit/pull/4150',
      'Source/WebCore/loader/CrossOriginPreflightResultCache.cpp: parseAccessControlMaxAge',
    ],
  },
  {
    summary: 'A preflight is kept for ten minutes at most.',
    settings: { maxAge: { limit: 600 } },
    evidence: [
      'Source/WebCore/loader/CrossOriginPreflightResultCache.cpp: maxPreflightCacheTimeout',
    ],
  },
  {
    ...RESPONSES,
    evidence: ['Source/WebCore/loader/CrossOriginPreflightResultCache.cpp: canSkipPreflight'],
  },
  {
    summary:
      'What a preflight allows is remembered even if it does not allow the request; a remembered `*` covers Authorization.',
    settings: { cache: { keepsWhatDoesNotAllow: true, wildcardCoversAuthorization: true } },
    evidence: ['Source/WebCore/loader/CrossOriginAccessControl.cpp: validatePreflightResponse'],
  },
  {
    summary:
      'What is remembered with credentials is read anew for a request without: its `*` then allows everything.',
    settings: { cache: { wildcardMeansAnew: true } },
    evidence: ['Source/WebCore/loader/CrossOriginPreflightResultCache.cpp: allowsRequest'],
  },
]);
