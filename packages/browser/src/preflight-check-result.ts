/**
 * The results of a preflight check, as data: what is allowed, or which check failed over which values.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
import type { CorsCheckFailure } from './cors-check.js';

/**
 * What the response to a preflight allows, as its lists say: what a browser would remember.
 *
 * @example
 * ```ts
 * import type { PreflightAllowance } from '@cors/browser';
 *
 * const allowance: PreflightAllowance = { methods: ['PUT'], headerNames: ['*'], maxAge: 5 };
 * ```
 */
export interface PreflightAllowance {
  /** From `Access-Control-Allow-Methods`; `*` stands as it is. */
  readonly methods: readonly string[];
  /** From `Access-Control-Allow-Headers`, in the case that they were sent in; `*` stands as it is. */
  readonly headerNames: readonly string[];
  /** In seconds, before the browser's own limit. */
  readonly maxAge: number;
}

/**
 * The request may be sent.
 *
 * @example
 * ```ts
 * import { type FetchRequest, type FetchResponse, preflightCheck } from '@cors/browser';
 *
 * declare const request: FetchRequest;
 * declare const response: FetchResponse;
 *
 * const result = preflightCheck(request, response);
 * if (result.ok) console.log(`remembered for ${result.maxAge} seconds`);
 * ```
 */
export interface PreflightCheckSuccess extends PreflightAllowance {
  readonly ok: true;
}

/**
 * The request is not sent, by the check that fails first:
 *
 * - `cors-check-failed`: the CORS check, before anything else;
 * - `status-not-ok`: the status is not 200 to 299;
 * - `invalid-allow-methods`, `invalid-allow-headers`: a list is malformed, whether it is needed or not;
 * - `method-not-allowed`: neither the list nor the safelist has the method;
 * - `authorization-not-listed`: `Authorization` is not listed by its name;
 * - `header-not-allowed`: a header is not listed, though it needs to be.
 *
 * @example
 * ```ts
 * import { type FetchRequest, type FetchResponse, preflightCheck } from '@cors/browser';
 *
 * declare const request: FetchRequest;
 * declare const response: FetchResponse;
 *
 * const result = preflightCheck(request, response);
 * if (!result.ok && result.reason === 'method-not-allowed') {
 *   console.log(`${result.method} is not in: ${result.methods.join(', ')}`);
 * }
 * ```
 */
export type PreflightCheckFailure =
  | {
      readonly ok: false;
      readonly reason: 'cors-check-failed';
      readonly corsCheck: CorsCheckFailure;
    }
  | {
      readonly ok: false;
      readonly reason: 'status-not-ok';
      readonly status: number;
      /** Where it redirects to, as the server wrote it; null when it does not. */
      readonly location: string | null;
    }
  | {
      readonly ok: false;
      readonly reason: 'invalid-allow-methods' | 'invalid-allow-headers';
      /** The line that is malformed. */
      readonly value: string;
    }
  | {
      readonly ok: false;
      readonly reason: 'method-not-allowed';
      readonly method: string;
      /** What is listed. */
      readonly methods: readonly string[];
    }
  | {
      readonly ok: false;
      readonly reason: 'authorization-not-listed' | 'header-not-allowed';
      /** The first one that is missing: as the request has it, or lower-cased. */
      readonly headerName: string;
      /** What is listed. */
      readonly headerNames: readonly string[];
    };
