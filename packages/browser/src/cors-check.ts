/**
 * CORS check: whether a response, to a preflight or to the request itself, lets the request's origin
 * read it.
 *
 * @see https://fetch.spec.whatwg.org/#concept-cors-check
 */
import { getHeaderValue } from './header-list.js';
import type { FetchRequest } from './request.js';
import type { FetchResponse } from './response.js';

/**
 * Why a CORS check succeeds: `*`, the origin itself, or the origin with credentials allowed.
 *
 * @example
 * ```ts
 * import type { CorsCheckSuccess } from '@cors/browser';
 *
 * const reason: CorsCheckSuccess['reason'] = 'origin-match-with-credentials';
 * ```
 */
export interface CorsCheckSuccess {
  readonly ok: true;
  readonly reason: 'wildcard' | 'origin-match' | 'origin-match-with-credentials';
}

/**
 * Why a CORS check fails, by the step that fails first:
 *
 * - `missing-allow-origin`: there is no `Access-Control-Allow-Origin`;
 * - `wildcard-with-credentials`: it is `*`, which counts for nothing with credentials;
 * - `origin-mismatch`: it is anything else but the origin, byte by byte. Several lines are one value
 *   joined by commas, so two good ones make a bad one;
 * - `missing-allow-credentials`: with credentials, there is no `Access-Control-Allow-Credentials`;
 * - `allow-credentials-not-true`: it is anything but exactly `true`.
 *
 * @example
 * ```ts
 * import type { CorsCheckFailure } from '@cors/browser';
 *
 * const { reason, origin, allowOrigin }: CorsCheckFailure = {
 *   ok: false,
 *   reason: 'origin-mismatch',
 *   origin: 'https://app.example.com',
 *   allowOrigin: 'https://app.example.com/',
 *   allowCredentials: null,
 * };
 * ```
 */
export interface CorsCheckFailure {
  readonly ok: false;
  readonly reason:
    | 'missing-allow-origin'
    | 'wildcard-with-credentials'
    | 'origin-mismatch'
    | 'missing-allow-credentials'
    | 'allow-credentials-not-true';
  /** The request's. */
  readonly origin: string;
  /** The value of `Access-Control-Allow-Origin`, null when there is none. */
  readonly allowOrigin: string | null;
  /** The value of `Access-Control-Allow-Credentials`, null when there is none. */
  readonly allowCredentials: string | null;
}

/**
 * Performs a CORS check. The response's status plays no part in it.
 *
 * @example
 * ```ts
 * import { corsCheck } from '@cors/browser';
 *
 * corsCheck(
 *   { origin: 'https://app.example.com', credentialsMode: 'same-origin' },
 *   { headers: [['Access-Control-Allow-Origin', '*']] },
 * ); // { ok: true, reason: 'wildcard' }
 * ```
 *
 * @param request - The request; for a preflight's response too, the one that it was sent for.
 * @param response - The response.
 *
 * @see https://fetch.spec.whatwg.org/#concept-cors-check
 */
export function corsCheck(
  request: Pick<FetchRequest, 'origin' | 'credentialsMode'>,
  response: Pick<FetchResponse, 'headers'>,
): CorsCheckSuccess | CorsCheckFailure {
  const { origin } = request;
  const withCredentials = request.credentialsMode === 'include';
  const allowOrigin = getHeaderValue('Access-Control-Allow-Origin', response.headers);
  const allowCredentials = getHeaderValue('Access-Control-Allow-Credentials', response.headers);
  const failure = (reason: CorsCheckFailure['reason']): CorsCheckFailure => ({
    ok: false,
    reason,
    origin,
    allowOrigin,
    allowCredentials,
  });

  if (allowOrigin === null) return failure('missing-allow-origin');
  if (!withCredentials && allowOrigin === '*') return { ok: true, reason: 'wildcard' };
  if (allowOrigin !== origin) {
    // To the standard `*` is one more value that is not the origin; people need the difference.
    return failure(allowOrigin === '*' ? 'wildcard-with-credentials' : 'origin-mismatch');
  }
  if (!withCredentials) return { ok: true, reason: 'origin-match' };
  if (allowCredentials === null) return failure('missing-allow-credentials');
  // `True` and `true, true` are not `true`.
  if (allowCredentials !== 'true') return failure('allow-credentials-not-true');
  return { ok: true, reason: 'origin-match-with-credentials' };
}
