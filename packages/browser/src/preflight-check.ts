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
import type { FetchRequest } from './request.js';
import { type FetchResponse, isOkStatus } from './response.js';

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
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export function preflightCheck(
  request: FetchRequest,
  response: FetchResponse,
): PreflightCheckSuccess | PreflightCheckFailure {
  // The preflight itself carries no credentials; what counts is whether the request will.
  const check = corsCheck(request, response);
  if (!check.ok) return { ok: false, reason: 'cors-check-failed', corsCheck: check };
  if (!isOkStatus(response.status)) {
    return { ok: false, reason: 'status-not-ok', status: response.status };
  }

  const methods = extractHeaderListValues('Access-Control-Allow-Methods', response.headers);
  if (methods.kind === 'failure') {
    return { ok: false, reason: 'invalid-allow-methods', value: methods.value };
  }
  const headerNames = extractHeaderListValues('Access-Control-Allow-Headers', response.headers);
  if (headerNames.kind === 'failure') {
    return { ok: false, reason: 'invalid-allow-headers', value: headerNames.value };
  }

  const allowance: PreflightAllowance = {
    methods: allowedMethods(request, methods),
    headerNames: valuesOf(headerNames),
    maxAge: preflightMaxAge(response),
  };
  return (
    checkMethod(request, allowance) ??
    checkHeaders(request, allowance) ?? { ok: true, ...allowance }
  );
}

// Without the header, and only then, a preflight that was sent for an upload listener or a stream
// allows its method, whatever that is. This is the standard to the letter; engines look at the header.
function allowedMethods(
  { method, useCorsPreflight = false }: FetchRequest,
  extracted: ExtractedValues,
): readonly string[] {
  return extracted.kind === 'null' && useCorsPreflight ? [method] : valuesOf(extracted);
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
): PreflightCheckFailure | null {
  const listed = new Set(headerNames.map(byteLowercase));
  // `Authorization` comes first, and by its name alone: it is never safelisted, nor under `*`.
  for (const [name] of headers) {
    if (isCorsNonWildcardRequestHeaderName(name) && !listed.has(byteLowercase(name))) {
      return { ok: false, reason: 'authorization-not-listed', headerName: name, headerNames };
    }
  }
  if (credentialsMode !== 'include' && listed.has('*')) return null;
  for (const name of corsUnsafeRequestHeaderNames(headers)) {
    if (!listed.has(name)) {
      return { ok: false, reason: 'header-not-allowed', headerName: name, headerNames };
    }
  }
  return null;
}
