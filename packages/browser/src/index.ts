/**
 * The browser's side of CORS: the Fetch Standard's algorithms as pure functions, each under the
 * standard's name.
 *
 * @packageDocumentation
 */
export { authorRequestHeaders } from './author-request-headers.js';
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
export { preflightMaxAge } from './max-age.js';
export {
  isCorsSafelistedMethod,
  isForbiddenMethod,
  isMethod,
  normalizeMethod,
} from './method.js';
export { preflightCheck } from './preflight-check.js';
export type {
  PreflightAllowance,
  PreflightCheckFailure,
  PreflightCheckSuccess,
} from './preflight-check-result.js';
export type { CredentialsMode, FetchRequest } from './request.js';
export type { FetchResponse } from './response.js';
