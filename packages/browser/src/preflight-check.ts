/**
 * Preflight check: whether the response to a preflight allows the request that it was sent for. These
 * are the steps of the CORS-preflight fetch from the arrival of the response to the cache.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
import { byteLowercase } from './byte-sequence.js';
import { corsCheck } from './cors-check.js';
import {
  corsUnsafeRequestHeaderNames,
  isCorsNonWildcardRequestHeaderName,
} from './cors-unsafe-request-header-names.js';
import { type ExtractedValues, extractHeaderListValues } from './extract-header-list-values.js';
import { preflightMaxAge } from './max-age.js';
import { isCorsSafelistedMethod } from './method.js';
import type {
  PreflightAllowance,
  PreflightCheckFailure,
  PreflightCheckSuccess,
} from './preflight-check-result.js';
import { type Profile, STANDARD } from './profile.js';
import type { PreflightCheckName } from './profile-settings.js';
import type { FetchRequest } from './request.js';
import { type FetchResponse, isOkStatus, redirectLocation } from './response.js';

/**
 * Checks the response to a preflight. A redirect is a response like another here: browsers do not
 * follow it.
 *
 * @example
 * ```ts
 * import { preflightCheck } from '@cors/browser';
 *
 * preflightCheck(
 *   {
 *     origin: 'https://app.example.com',
 *     credentialsMode: 'same-origin',
 *     method: 'PUT',
 *     headers: [['Content-Type', 'application/json']],
 *   },
 *   {
 *     status: 204,
 *     headers: [
 *       ['Access-Control-Allow-Origin', '*'],
 *       ['Access-Control-Allow-Methods', 'PUT'],
 *     ],
 *   },
 * ); // { ok: false, reason: 'header-not-allowed', headerName: 'content-type', … }
 * ```
 *
 * @param request - The request that waits for the answer, not the preflight.
 * @param response - The preflight's response.
 * @param profile - Some browsers check in another order, and some let `*` cover `Authorization`.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export function preflightCheck(
  request: FetchRequest,
  response: FetchResponse,
  profile: Profile = STANDARD,
): PreflightCheckSuccess | PreflightCheckFailure {
  const allowance = preflightAllowance(request, response, profile);
  const check: Record<PreflightCheckName, () => PreflightCheckFailure | null> = {
    redirect: () => (redirectLocation(response, profile) === null ? null : checkStatus(response)),
    status: () => checkStatus(response),
    'cors-check': () => checkCors(request, response),
    'allow-methods': () => checkList('invalid-allow-methods', extractMethods(response)),
    'allow-headers': () => checkList('invalid-allow-headers', extractHeaderNames(response)),
    method: () => checkMethod(request, allowance),
    headers: () => checkHeaders(request, allowance, profile),
  };
  for (const name of profile.preflightChecks) {
    const failure = check[name]();
    if (failure !== null) return failure;
  }
  return { ok: true, ...allowance };
}

/** What a response to a preflight allows, whether that is enough for the request or not. */
export function preflightAllowance(
  request: FetchRequest,
  response: FetchResponse,
  profile: Profile,
): PreflightAllowance {
  return {
    methods: allowedMethods(request, extractMethods(response), profile),
    headerNames: valuesOf(extractHeaderNames(response)),
    maxAge: preflightMaxAge(response, profile),
  };
}

function extractMethods({ headers }: FetchResponse): ExtractedValues {
  return extractHeaderListValues('Access-Control-Allow-Methods', headers);
}

function extractHeaderNames({ headers }: FetchResponse): ExtractedValues {
  return extractHeaderListValues('Access-Control-Allow-Headers', headers);
}

/**
 * Whether what a preflight allowed, now or earlier, allows a request: its method, then its headers.
 */
export function checkAllowance(
  request: FetchRequest,
  allowance: PreflightAllowance,
  profile: Profile,
): PreflightCheckFailure | null {
  return checkMethod(request, allowance) ?? checkHeaders(request, allowance, profile);
}

function checkCors(request: FetchRequest, response: FetchResponse): PreflightCheckFailure | null {
  // The preflight itself carries no credentials; what counts is whether the request will.
  const check = corsCheck(request, response);
  return check.ok ? null : { ok: false, reason: 'cors-check-failed', corsCheck: check };
}

function checkStatus(response: FetchResponse): PreflightCheckFailure | null {
  const { status } = response;
  const location = redirectLocation(response);
  return isOkStatus(status) ? null : { ok: false, reason: 'status-not-ok', status, location };
}

function checkList(
  reason: 'invalid-allow-methods' | 'invalid-allow-headers',
  list: ExtractedValues,
): PreflightCheckFailure | null {
  return list.kind === 'failure' ? { ok: false, reason, value: list.value } : null;
}

// Without the header, and only then, a preflight that was sent for an upload listener or a stream
// allows its method, whatever that is. This is the standard to the letter; engines look at the header.
function allowedMethods(
  { method, useCorsPreflight = false }: FetchRequest,
  extracted: ExtractedValues,
  { flagAllowsMethod }: Profile,
): readonly string[] {
  return extracted.kind === 'null' && useCorsPreflight && flagAllowsMethod
    ? [method]
    : valuesOf(extracted);
}

function valuesOf(extracted: ExtractedValues): readonly string[] {
  return extracted.kind === 'values' ? extracted.values : [];
}

function checkMethod(
  { method, credentialsMode }: FetchRequest,
  { methods }: PreflightAllowance,
): PreflightCheckFailure | null {
  // Methods are case-sensitive: a listed `PATCH` does not allow `patch`.
  if (methods.includes(method) || isCorsSafelistedMethod(method)) return null;
  if (credentialsMode !== 'include' && methods.includes('*')) return null;
  return { ok: false, reason: 'method-not-allowed', method, methods };
}

function checkHeaders(
  { headers, credentialsMode }: FetchRequest,
  { headerNames }: PreflightAllowance,
  profile: Profile,
): PreflightCheckFailure | null {
  const listed = new Set(headerNames.map(byteLowercase));
  // `Authorization` comes first, and by its name alone: it is never safelisted, nor under `*`.
  for (const [name] of profile.wildcardCoversAuthorization ? [] : headers) {
    if (isCorsNonWildcardRequestHeaderName(name) && !listed.has(byteLowercase(name))) {
      return { ok: false, reason: 'authorization-not-listed', headerName: name, headerNames };
    }
  }
  if (credentialsMode !== 'include' && listed.has('*')) return null;
  for (const name of corsUnsafeRequestHeaderNames(headers, profile)) {
    if (!listed.has(name)) {
      return { ok: false, reason: 'header-not-allowed', headerName: name, headerNames };
    }
  }
  return null;
}
