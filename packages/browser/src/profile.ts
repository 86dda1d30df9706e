/**
 * Profiles: what a browser does where browsers differ. A profile is settings, which the algorithms
 * read, and the departures from the standard that these settings come from, each with its evidence.
 *
 * @see https://fetch.spec.whatwg.org/
 */

import type { CacheSettings, MaxAgeSettings, ProfileSettings } from './profile-settings.js';

/** The names of the profiles. */
export type ProfileName = 'standard' | 'chromium' | 'firefox' | 'webkit';

/**
 * One way in which a browser departs from the standard.
 *
 * @example
 * ```ts
 * import { PROFILES } from '@cors/browser';
 *
 * for (const { summary, evidence } of PROFILES.firefox.departures) console.log(summary, evidence);
 * ```
 */
export interface Departure {
  /** What the browser does, and what the standard says. */
  readonly summary: string;
  /** Where that is seen: the browser's source, its bugs, or a run against the browser itself. */
  readonly evidence: readonly string[];
  /** The settings that it comes to. */
  readonly settings: DepartedSettings;
}

/** Settings that replace the standard's; those of `maxAge` and `cache` one by one. */
export type DepartedSettings = Partial<Omit<ProfileSettings, 'maxAge' | 'cache'>> & {
  readonly maxAge?: Partial<MaxAgeSettings>;
  readonly cache?: Partial<CacheSettings>;
};

/**
 * A browser, as far as CORS can tell it from others.
 *
 * @example
 * ```ts
 * import { preflightMaxAge, PROFILES } from '@cors/browser';
 *
 * const response = { headers: [['Access-Control-Max-Age', '86400']] as const };
 * preflightMaxAge(response, PROFILES.chromium); // 7200
 * ```
 */
export interface Profile extends ProfileSettings {
  readonly name: ProfileName;
  readonly departures: readonly Departure[];
}

/** The largest number that engines can count with, if it has a sign. */
export const LARGEST_INT64: bigint = 2n ** 63n - 1n;

/** The largest number that engines can count with, if it has none. */
export const LARGEST_UINT64: bigint = 2n ** 64n - 1n;

/** The standard to the letter. */
export const STANDARD: Profile = {
  name: 'standard',
  departures: [],
  moreSafelistedRequestHeaders: new Map(),
  singleRange: /^bytes=([0-9]*)-([0-9]*)$/,
  largestByte: null,
  combinesRequestHeaders: false,
  uploadListenerNeedsBody: false,
  referrerPolicyHidesOrigin: true,
  emptyLocationRedirects: true,
  statusAloneRedirects: true,
  sameLocationMayRepeat: false,
  refusesNoUrl: false,
  refusedSchemes: new Set(),
  refusesLocationsAlways: false,
  redirectFailsBeforeMode: false,
  fetchRefusesRedirectCredentials: false,
  droppedFromForeign: new Set(),
  noCorsRedirectsHideOrigin: false,
  commaMakesTypeUnsafe: false,
  highBytesAreUnsafe: false,
  wildcardExposesBeforeMalformed: false,
  safelistedValuesLimit: 1024,
  droppedAcrossOrigins: new Set(['authorization']),
  countedWhenEmpty: null,
  refusesCorruptHeaders: false,
  preflightRepeatsNames: false,
  preflightsAllAfterFirst: false,
  redirectsStartAfresh: false,
  xhrBodyTypeIsApart: false,
  xhrCharset: 'rewritten',
  preflightForgetsRedirects: false,
  preflightChecks: ['cors-check', 'status', 'allow-methods', 'allow-headers', 'method', 'headers'],
  wildcardCoversAuthorization: false,
  flagAllowsMethod: true,
  maxAge: {
    grammar: /^[0-9]+$/,
    largest: null,
    malformed: 5,
    emptyIsAbsent: false,
    limit: null,
  },
  cache: {
    keeps: 'tokens',
    keepsCredentialsApart: false,
    wildcardMatchesAll: true,
    wildcardCoversAuthorization: false,
    wildcardMeansAnew: false,
    exemptMethods: ['GET', 'HEAD', 'POST'],
    flagLiftsExemption: true,
    clearedBy: 'preflighted-failures',
    keepsWhatDoesNotAllow: false,
    countsFromLast: false,
    successLasts: false,
    skippedByConditionalsOf: [],
    keepsSkipped: false,
    skippedWhenTainted: false,
    mostKeys: null,
    tooLongUrl: null,
  },
};

/** The standard with a browser's departures laid over it, one after the other. */
export function defineProfile(name: ProfileName, departures: readonly Departure[]): Profile {
  const settings = departures.reduce<ProfileSettings>(
    (laid, { settings: { maxAge, cache, ...others } }) => ({
      ...laid,
      ...others,
      maxAge: { ...laid.maxAge, ...maxAge },
      cache: { ...laid.cache, ...cache },
    }),
    STANDARD,
  );
  return { ...settings, name, departures };
}
