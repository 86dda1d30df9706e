/**
 * Profile settings: what the algorithms ask a profile, wherever browsers differ.
 */

/**
 * One check of a preflight's response. `redirect` fails for a redirect, `status` for any status that is
 * not 200 to 299.
 */
export type PreflightCheckName =
  | 'redirect'
  | 'status'
  | 'cors-check'
  | 'allow-methods'
  | 'allow-headers'
  | 'method'
  | 'headers';

/** How `Access-Control-Max-Age` is read. */
export interface MaxAgeSettings {
  /** What counts as a number; what does not is malformed. */
  readonly grammar: RegExp;
  /** The largest number that is read, as of two's complement; one beyond is malformed. Null for no limit. */
  readonly largest: bigint | null;
  /** Seconds for a header that is malformed. */
  readonly malformed: number;
  /** Whether a header without a value is as none, and not malformed. */
  readonly emptyIsAbsent: boolean;
  /** The most seconds that a preflight is kept; null where the standard leaves it open. */
  readonly limit: number | null;
}

/** How preflights are remembered. */
export interface CacheSettings {
  /**
   * What is kept: `tokens`, each method and each header name by itself, beside those that were there
   * before; or `responses`, the last response to a preflight as a whole, until it does not suffice.
   */
  readonly keeps: 'tokens' | 'responses';
  /** Whether what was allowed with credentials is kept apart, so that it serves no request without. */
  readonly keepsCredentialsApart: boolean;
  /** Whether a token `*` allows more than a method or a header of that name. */
  readonly wildcardMatchesAll: boolean;
  /** Whether a response with `*` allows `Authorization`. */
  readonly wildcardCoversAuthorization: boolean;
  /**
   * Whether a response's `*` means what it means to the request that it serves, without credentials
   * everything; else what it meant to the request that it was stored for.
   */
  readonly wildcardMeansAnew: boolean;
  /** The methods that need not be remembered. */
  readonly exemptMethods: readonly string[];
  /** Whether no method is exempt when a listener or a stream made the preflight necessary. */
  readonly flagLiftsExemption: boolean;
  /** Which requests, when they fail, make the cache forget what it knows about their URL. */
  readonly clearedBy: 'preflighted-failures' | 'all-failures' | 'nothing';
  /** Whether a response is remembered before it is checked against the request's method and headers. */
  readonly keepsWhatDoesNotAllow: boolean;
  /** Whether what is allowed again is remembered from then on, and not from when it was first. */
  readonly countsFromLast: boolean;
  /** Whether it is remembered for good that there was a preflight, which is all that exempt methods need. */
  readonly successLasts: boolean;
  /** Whose preflights are not answered from the cache when a script set a conditional header. */
  readonly skippedByConditionalsOf: readonly ('fetch' | 'xhr')[];
  /** Whether what is not answered from the cache is remembered even so. */
  readonly keepsSkipped: boolean;
  /** Whether requests whose origin redirects made null are kept out. */
  readonly skippedWhenTainted: boolean;
  /** For how many URLs anything is remembered; null for no such limit. */
  readonly mostKeys: number | null;
  /** The length of a URL from which nothing is remembered about it; null for no such limit. */
  readonly tooLongUrl: number | null;
}

/** What the algorithms ask a profile. */
export interface ProfileSettings {
  /** Request headers that are CORS-safelisted besides the standard's, with the grammar of their values. */
  readonly moreSafelistedRequestHeaders: ReadonlyMap<string, RegExp>;
  /** What a `Range` that is CORS-safelisted looks like, first and last byte being captured. */
  readonly singleRange: RegExp;
  /** The largest byte that a `Range` may name and be CORS-safelisted; null for no such limit. */
  readonly largestByte: bigint | null;
  /** Whether repeated request headers are one value, joined by commas, to all that looks at them. */
  readonly combinesRequestHeaders: boolean;
  /** Whether a listener on `upload` counts only if there is something to upload. */
  readonly uploadListenerNeedsBody: boolean;
  /** Whether the referrer policy hides the origin of requests outside of CORS. */
  readonly referrerPolicyHidesOrigin: boolean;
  /** Whether an empty `Location` redirects, to the same URL again. */
  readonly emptyLocationRedirects: boolean;
  /** Whether a redirect's status without a `Location` is an error where the script wants no redirects. */
  readonly statusAloneRedirects: boolean;
  /** Whether several equal `Location` lines are as one. */
  readonly sameLocationMayRepeat: boolean;
  /** Whether a `Location` that is no URL is an error before anything else is looked at. */
  readonly refusesNoUrl: boolean;
  /** The schemes of a `Location` that are, too. */
  readonly refusedSchemes: ReadonlySet<string>;
  /** Whether that holds where the script wants no redirects, or none followed, too. */
  readonly refusesLocationsAlways: boolean;
  /** Whether a redirect that is an error by itself is that one rather than the script's wish. */
  readonly redirectFailsBeforeMode: boolean;
  /** Whether `fetch()` follows no redirect with a user name or a password, not even to the page's own origin. */
  readonly fetchRefusesRedirectCredentials: boolean;
  /** The headers that a redirect to another origin than the page's own takes away. */
  readonly droppedFromForeign: ReadonlySet<string>;
  /** Whether a request in mode `no-cors` names the origin null after a redirect to another origin. */
  readonly noCorsRedirectsHideOrigin: boolean;
  /** Whether a comma makes a `Content-Type` unsafe, wherever it stands. */
  readonly commaMakesTypeUnsafe: boolean;
  /** Whether bytes from 0x80 make a request header's value unsafe. */
  readonly highBytesAreUnsafe: boolean;
  /** Whether to `fetch()` a `*` exposes all headers although something malformed stands behind it. */
  readonly wildcardExposesBeforeMalformed: boolean;
  /** The bytes that all CORS-safelisted values may come to; null for no such limit. */
  readonly safelistedValuesLimit: number | null;
  /** The headers that a redirect to another origin takes away. */
  readonly droppedAcrossOrigins: ReadonlySet<string>;
  /**
   * The response headers of which empty lines count, too; those of others count only where there is
   * nothing else. Null where all lines count.
   */
  readonly countedWhenEmpty: ReadonlySet<string> | null;
  /** Whether a response with a NUL in a header, or with several `Location` that differ, is none at all. */
  readonly refusesCorruptHeaders: boolean;
  /** Whether a preflight names a header once for each of its lines. */
  readonly preflightRepeatsNames: boolean;
  /** Whether what follows a preflighted request's redirect is preflighted, whether it needs it or not. */
  readonly preflightsAllAfterFirst: boolean;
  /** Whether each redirect takes headers away from those of the first request, not of the last one. */
  readonly redirectsStartAfresh: boolean;
  /**
   * Whether the type that a body brings is apart from what an `XMLHttpRequest` sets: once a redirect took
   * it away it does not come back, and preflights go on asking for it.
   */
  readonly xhrBodyTypeIsApart: boolean;
  /**
   * What CORS looks at of the type that a script gives to an `XMLHttpRequest` with text, when that names
   * another charset than UTF-8: the type `rewritten` with the true one, or with the charset
   * `replaced-in-place`, or the type `as-set`, although the true charset is sent.
   */
  readonly xhrCharset: 'rewritten' | 'replaced-in-place' | 'as-set';
  /** Whether a preflight is as if there had been no redirects: it names the page's own origin. */
  readonly preflightForgetsRedirects: boolean;
  /** The checks of a preflight's response, in order. */
  readonly preflightChecks: readonly PreflightCheckName[];
  /** Whether `*` in `Access-Control-Allow-Headers` covers `Authorization`. */
  readonly wildcardCoversAuthorization: boolean;
  /** Whether a listener or a stream makes its method allowed where no methods are listed at all. */
  readonly flagAllowsMethod: boolean;
  readonly maxAge: MaxAgeSettings;
  readonly cache: CacheSettings;
}
