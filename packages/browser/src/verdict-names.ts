/**
 * Verdict names: for each code its clause of the standard, and what Chromium and Firefox call it.
 */
import type { ChromiumCorsError, FirefoxReason, VerdictCode } from './verdict-code.js';

/** What a code is known by elsewhere; null where a browser has no name for it. */
export interface VerdictNames {
  /** The clause of the standard. */
  readonly clause: string;
  readonly chromium: ChromiumCorsError | null;
  readonly firefox: FirefoxReason | null;
}

const FETCH = 'https://fetch.spec.whatwg.org/#';

function names(
  clause: string,
  chromium: ChromiumCorsError | null,
  firefox: FirefoxReason | null,
): VerdictNames {
  return { clause: FETCH + clause, chromium, firefox };
}

const CHECK = 'concept-cors-check';
const PREFLIGHT = 'cors-preflight-fetch';
const MAIN = 'concept-main-fetch';
const REDIRECT = 'http-redirect-fetch';
const REQUEST = 'dom-request';

/**
 * Each code with its clause, and with what Chromium and Firefox call it.
 *
 * @example
 * ```ts
 * import { VERDICTS } from '@cors/browser';
 *
 * VERDICTS['header-not-allowed'].chromium; // 'HeaderDisallowedByPreflightResponse'
 * VERDICTS['header-not-allowed'].firefox; // 'CORSMissingAllowHeaderFromPreflight'
 * ```
 */
export const VERDICTS: Readonly<Record<VerdictCode, VerdictNames>> = {
  allowed: names('concept-filtered-response-cors', null, null),
  'not-cross-origin': names(MAIN, null, null),
  opaque: names('concept-filtered-response-opaque', null, null),
  'opaque-redirect': names('concept-filtered-response-opaque-redirect', null, null),
  'invalid-url': names(REQUEST, null, null),
  'invalid-method': names(REQUEST, null, null),
  'forbidden-method': names('forbidden-method', null, null),
  'invalid-header': names('concept-headers-append', null, null),
  'no-cors-method': names(REQUEST, null, null),
  'body-not-allowed': names(REQUEST, null, null),
  'same-origin-mode': names(MAIN, 'DisallowedByMode', null),
  'no-cors-redirect-mode': names(MAIN, null, null),
  'non-http-scheme': names(MAIN, 'CorsDisabledScheme', 'CORSRequestNotHttp'),
  'preflight-network-failure': names(PREFLIGHT, null, 'CORSDidNotSucceed'),
  'preflight-missing-allow-origin': names(
    CHECK,
    'PreflightMissingAllowOriginHeader',
    'CORSMissingAllowOrigin',
  ),
  'preflight-repeated-allow-origin': names(
    CHECK,
    'PreflightMultipleAllowOriginValues',
    'CORSMultipleAllowOriginNotAllowed',
  ),
  'preflight-allow-origin-list': names(
    CHECK,
    'PreflightMultipleAllowOriginValues',
    'CORSAllowOriginNotMatchingOrigin',
  ),
  'preflight-invalid-allow-origin': names(
    CHECK,
    'PreflightInvalidAllowOriginValue',
    'CORSAllowOriginNotMatchingOrigin',
  ),
  'preflight-allow-origin-mismatch': names(
    CHECK,
    'PreflightAllowOriginMismatch',
    'CORSAllowOriginNotMatchingOrigin',
  ),
  'preflight-wildcard-with-credentials': names(
    CHECK,
    'PreflightWildcardOriginNotAllowed',
    'CORSNotSupportingCredentials',
  ),
  'preflight-missing-allow-credentials': names(
    CHECK,
    'PreflightInvalidAllowCredentials',
    'CORSMissingAllowCredentials',
  ),
  'preflight-allow-credentials-not-true': names(
    CHECK,
    'PreflightInvalidAllowCredentials',
    'CORSMissingAllowCredentials',
  ),
  'preflight-redirect': names(
    PREFLIGHT,
    'PreflightDisallowedRedirect',
    'CORSExternalRedirectNotAllowed',
  ),
  'preflight-status': names(PREFLIGHT, 'PreflightInvalidStatus', 'CORSPreflightDidNotSucceed'),
  'invalid-allow-methods': names(
    PREFLIGHT,
    'InvalidAllowMethodsPreflightResponse',
    'CORSInvalidAllowMethod',
  ),
  'invalid-allow-headers': names(
    PREFLIGHT,
    'InvalidAllowHeadersPreflightResponse',
    'CORSInvalidAllowHeader',
  ),
  'method-not-allowed': names(
    PREFLIGHT,
    'MethodDisallowedByPreflightResponse',
    'CORSMethodNotFound',
  ),
  'authorization-not-listed': names(
    PREFLIGHT,
    'HeaderDisallowedByPreflightResponse',
    'CORSMissingAllowHeaderFromPreflight',
  ),
  'header-not-allowed': names(
    PREFLIGHT,
    'HeaderDisallowedByPreflightResponse',
    'CORSMissingAllowHeaderFromPreflight',
  ),
  'network-failure': names('concept-http-network-fetch', null, 'CORSDidNotSucceed'),
  'missing-allow-origin': names(CHECK, 'MissingAllowOriginHeader', 'CORSMissingAllowOrigin'),
  'repeated-allow-origin': names(
    CHECK,
    'MultipleAllowOriginValues',
    'CORSMultipleAllowOriginNotAllowed',
  ),
  'allow-origin-list': names(
    CHECK,
    'MultipleAllowOriginValues',
    'CORSAllowOriginNotMatchingOrigin',
  ),
  'invalid-allow-origin': names(
    CHECK,
    'InvalidAllowOriginValue',
    'CORSAllowOriginNotMatchingOrigin',
  ),
  'allow-origin-mismatch': names(CHECK, 'AllowOriginMismatch', 'CORSAllowOriginNotMatchingOrigin'),
  'wildcard-with-credentials': names(
    CHECK,
    'WildcardOriginNotAllowed',
    'CORSNotSupportingCredentials',
  ),
  'missing-allow-credentials': names(
    CHECK,
    'InvalidAllowCredentials',
    'CORSMissingAllowCredentials',
  ),
  'allow-credentials-not-true': names(
    CHECK,
    'InvalidAllowCredentials',
    'CORSMissingAllowCredentials',
  ),
  'redirect-mode-error': names('concept-http-fetch', null, null),
  'redirect-to-no-url': names(REDIRECT, null, 'CORSDidNotSucceed'),
  'redirect-to-non-http-scheme': names(REDIRECT, 'CorsDisabledScheme', 'CORSDidNotSucceed'),
  'too-many-redirects': names(REDIRECT, null, 'CORSDidNotSucceed'),
  'redirect-url-includes-credentials': names(
    REDIRECT,
    'RedirectContainsCredentials',
    'CORSDidNotSucceed',
  ),
  'redirect-of-stream': names(REDIRECT, null, 'CORSDidNotSucceed'),
};

/**
 * The codes that a browser's name stands for.
 *
 * @example
 * ```ts
 * import { verdictCodesOf } from '@cors/browser';
 *
 * verdictCodesOf('PreflightInvalidStatus'); // ['preflight-status']
 * verdictCodesOf('CORSMissingAllowCredentials').length; // 4
 * ```
 */
export function verdictCodesOf(name: ChromiumCorsError | FirefoxReason): readonly VerdictCode[] {
  const codes = Object.keys(VERDICTS) as VerdictCode[];
  return codes.filter(
    (code) => VERDICTS[code].chromium === name || VERDICTS[code].firefox === name,
  );
}
