/**
 * Verdict codes: each way for a fetch to end, and the names that Chromium and Firefox have for such.
 */

/** How a CORS check can fail, for the response to a preflight or to the request itself. */
export type CorsCheckCode =
  | 'missing-allow-origin'
  | 'repeated-allow-origin'
  | 'allow-origin-list'
  | 'invalid-allow-origin'
  | 'allow-origin-mismatch'
  | 'wildcard-with-credentials'
  | 'missing-allow-credentials'
  | 'allow-credentials-not-true';

/** How a fetch ends. Codes are stable: tools may compare them. */
export type VerdictCode =
  // The page gets a response, or as much of it as it asked for.
  | 'allowed'
  | 'not-cross-origin'
  | 'opaque'
  | 'opaque-redirect'
  // The script's call fails at once.
  | 'invalid-url'
  | 'invalid-method'
  | 'forbidden-method'
  | 'invalid-header'
  | 'no-cors-method'
  | 'body-not-allowed'
  // The request may not go where it should.
  | 'same-origin-mode'
  | 'no-cors-redirect-mode'
  | 'non-http-scheme'
  // The preflight.
  | 'preflight-network-failure'
  | `preflight-${CorsCheckCode}`
  | 'preflight-redirect'
  | 'preflight-status'
  | 'invalid-allow-methods'
  | 'invalid-allow-headers'
  | 'method-not-allowed'
  | 'authorization-not-listed'
  | 'header-not-allowed'
  // The response to the request itself.
  | 'network-failure'
  | CorsCheckCode
  // A redirect.
  | 'redirect-mode-error'
  | 'redirect-to-no-url'
  | 'redirect-to-non-http-scheme'
  | 'too-many-redirects'
  | 'redirect-url-includes-credentials'
  | 'redirect-of-stream';

/** Chromium's names, as `corsErrorStatus.corsError` of the DevTools protocol has them. */
export type ChromiumCorsError =
  | 'DisallowedByMode'
  | 'WildcardOriginNotAllowed'
  | 'MissingAllowOriginHeader'
  | 'MultipleAllowOriginValues'
  | 'InvalidAllowOriginValue'
  | 'AllowOriginMismatch'
  | 'InvalidAllowCredentials'
  | 'CorsDisabledScheme'
  | 'PreflightInvalidStatus'
  | 'PreflightDisallowedRedirect'
  | 'PreflightWildcardOriginNotAllowed'
  | 'PreflightMissingAllowOriginHeader'
  | 'PreflightMultipleAllowOriginValues'
  | 'PreflightInvalidAllowOriginValue'
  | 'PreflightAllowOriginMismatch'
  | 'PreflightInvalidAllowCredentials'
  | 'InvalidAllowMethodsPreflightResponse'
  | 'InvalidAllowHeadersPreflightResponse'
  | 'MethodDisallowedByPreflightResponse'
  | 'HeaderDisallowedByPreflightResponse'
  | 'RedirectContainsCredentials';

/** Firefox's names: the category of its console message, and the end of its page on MDN. */
export type FirefoxReason =
  | 'CORSDidNotSucceed'
  | 'CORSExternalRedirectNotAllowed'
  | 'CORSRequestNotHttp'
  | 'CORSMissingAllowOrigin'
  | 'CORSMultipleAllowOriginNotAllowed'
  | 'CORSAllowOriginNotMatchingOrigin'
  | 'CORSNotSupportingCredentials'
  | 'CORSMethodNotFound'
  | 'CORSMissingAllowCredentials'
  | 'CORSPreflightDidNotSucceed'
  | 'CORSInvalidAllowMethod'
  | 'CORSInvalidAllowHeader'
  | 'CORSMissingAllowHeaderFromPreflight';
