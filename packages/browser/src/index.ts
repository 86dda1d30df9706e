/**
 * The browser's side of CORS: the Fetch Standard's algorithms as pure functions, each under the
 * standard's name; a fetch that plays them all; and a verdict on it.
 *
 * @packageDocumentation
 */
export type { Advice } from './advice.js';
export { authorRequestHeaders } from './author-request-headers.js';
export { type ChromiumReport } from './chromium-report.js';
export { firefoxReasonOf, type FirefoxReport } from './firefox-report.js';
export { type ConsoleMessage, parseConsoleMessage } from './console-message.js';
export type { ConsoleCode, ConsoleVerdict } from './console-verdict.js';
export { corsCheck, type CorsCheckFailure, type CorsCheckSuccess } from './cors-check.js';
export {
  corsPreflightRequest,
  needsPreflight,
  type PreflightCause,
  preflightCauses,
  type PreflightRequest,
} from './cors-preflight-request.js';
export { isCorsSafelistedRequestHeader } from './cors-safelisted-request-header.js';
export {
  corsUnsafeRequestHeaderNames,
  isCorsNonWildcardRequestHeaderName,
} from './cors-unsafe-request-header-names.js';
export {
  corsExposedHeaderNames,
  exposedResponseHeaders,
  isCorsSafelistedResponseHeaderName,
} from './exposed-response-headers.js';
export {
  type ExtractedHeaderName,
  type ExtractedValues,
  extractHeaderListValues,
} from './extract-header-list-values.js';
export { isForbiddenRequestHeader } from './forbidden-request-header.js';
export { getHeaderValue, type Header, type HeaderList } from './header-list.js';
export { explainMixedContent, isMixedContent, type MixedContentVerdict } from './mixed-content.js';
export { preflightMaxAge } from './max-age.js';
export {
  isCorsSafelistedMethod,
  isForbiddenMethod,
  isMethod,
  normalizeMethod,
} from './method.js';
export { defused, printable } from './printable.js';
export { preflightCheck } from './preflight-check.js';
export type {
  PreflightAllowance,
  PreflightCheckFailure,
  PreflightCheckSuccess,
} from './preflight-check-result.js';
export type { CredentialsMode, FetchRequest } from './request.js';
export type { FetchResponse } from './response.js';
export type {
  FetchFailure,
  ModeFailure,
  NetworkFailure,
  RedirectModeFailure,
} from './fetch-failure.js';
export { isSameOrigin, serializeOrigin, serializeRequestOrigin } from './origin.js';
export {
  originHeader,
  type OriginHeaderRequest,
  type ReferrerPolicy,
  type RequestMode,
  type ResponseTainting,
} from './origin-header.js';
export type { PageRequest, PageRequestBody, ScriptFailure } from './page-request.js';
export { type CacheableRequest, CorsPreflightCache } from './preflight-cache.js';
export type { Departure, DepartedSettings, Profile, ProfileName } from './profile.js';
export type {
  CacheSettings,
  MaxAgeSettings,
  PreflightCheckName,
  ProfileSettings,
} from './profile-settings.js';
export { PROFILES } from './profiles.js';
export {
  followRedirect,
  type RedirectedRequest,
  type RedirectFailure,
  type RedirectSuccess,
} from './redirect.js';
export { redirectTaint, type RedirectTaint } from './redirect-taint.js';
export { simulateFetch, simulateFetchSync, type SimulateOptions } from './simulate-fetch.js';
export type {
  Check,
  Hop,
  PageResponse,
  PreflightTranscript,
  SentRequest,
  Transcript,
} from './transcript.js';
export type { Verdict } from './verdict.js';
export type { ChromiumCorsError, FirefoxReason, VerdictCode } from './verdict-code.js';
export { type VerdictNames, VERDICTS, verdictCodesOf } from './verdict-names.js';
export type { Send } from './send.js';
