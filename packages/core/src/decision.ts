/**
 * Decisions: what the engine says of a request, as frozen data that an adapter applies to the reply.
 */

/**
 * Why a decision is what it is. Each is a heading in `docs/errors.md`.
 *
 * Grants: `any-origin`, `origin-allowed`. No denial, though nothing is granted: `no-origin`,
 * `same-origin`, `not-cors-mode`, `no-policy`. The rest are denials.
 */
export type DecisionReason =
  | 'any-origin'
  | 'origin-allowed'
  | 'no-origin'
  | 'same-origin'
  | 'not-cors-mode'
  | 'no-policy'
  | 'origin-not-allowed'
  | 'origin-malformed'
  | 'null-origin'
  | 'insecure-origin'
  | 'method-refused'
  | 'headers-refused'
  | 'predicate-failed'
  | 'policy-failed'
  | 'policy-conflict';

/** The response fields that the engine has authority over. */
export type CorsResponseField =
  | 'Access-Control-Allow-Origin'
  | 'Access-Control-Allow-Credentials'
  | 'Access-Control-Allow-Methods'
  | 'Access-Control-Allow-Headers'
  | 'Access-Control-Expose-Headers'
  | 'Access-Control-Max-Age';

/** Response headers of a decision: one value each. */
export type DecisionHeaders = Readonly<Partial<Record<CorsResponseField, string>>>;

/**
 * What is to be done with one request. Frozen, and shared where other requests get the same: those of a
 * listed origin, say.
 */
export interface Decision {
  /**
   * - `preflight`: a CORS-preflight request: OPTIONS with `Origin` and
   *   `Access-Control-Request-Method`;
   * - `actual`: another request with `Origin`;
   * - `not-cors`: a request without `Origin`; one denied that was no CORS request in the first place
   *   (same-origin, a navigation, a WebSocket); or one for which no policy was found.
   */
  readonly kind: 'not-cors' | 'actual' | 'preflight';
  /** Whether the origin is granted: the reply carries `Access-Control-Allow-Origin`. */
  readonly allowed: boolean;
  readonly reason: DecisionReason;
  /**
   * The CORS fields that the reply must carry; of the six that the engine owns, those absent here
   * must not be on the reply (under the reason `no-policy` they are left alone).
   */
  readonly headers: DecisionHeaders;
  /** Field names to merge into the reply's `Vary`. */
  readonly vary: readonly string[];
  /** The status to answer with, and an empty body; null to go on to the application. */
  readonly respond: number | null;
  /**
   * For the reasons `predicate-failed` and `policy-failed`: what the framework's error handling is
   * to get. The decision is applied to the error's reply. Otherwise null.
   */
  readonly error: Error | null;
}

const NO_HEADERS: DecisionHeaders = Object.freeze({});

/**
 * A field of a decision's headers. Only their own: whatever a polluted `Object.prototype` holds was not
 * decided. (Headers without a prototype would do as well, but V8 makes slow objects of them.)
 */
export function ownField(headers: DecisionHeaders, field: CorsResponseField): string | undefined {
  const value = headers[field];
  return value !== undefined && Object.hasOwn(headers, field) ? value : undefined;
}

/** Whether a decision's headers allow credentials. */
export function allowsCredentials(headers: DecisionHeaders): boolean {
  return ownField(headers, 'Access-Control-Allow-Credentials') !== undefined;
}

/** `Vary` for whatever depends on the request's origin alone. */
export const VARY_ORIGIN: readonly string[] = Object.freeze(['Origin']);
/** `Vary` for what is the same for every request. */
export const VARY_NOTHING: readonly string[] = Object.freeze([]);

/** A decision that grants the origin. */
export function grant(
  kind: Decision['kind'],
  reason: DecisionReason,
  headers: DecisionHeaders,
  vary: readonly string[],
  respond: number | null,
): Decision {
  return Object.freeze({
    kind,
    allowed: true,
    reason,
    headers: Object.freeze(headers),
    vary,
    respond,
    error: null,
  });
}

/** A decision that grants nothing, and discloses nothing. A denied preflight is answered with 403. */
export function refuse(
  kind: Decision['kind'],
  reason: DecisionReason,
  vary: readonly string[] = VARY_ORIGIN,
): Decision {
  const respond = kind === 'preflight' ? 403 : null;
  return Object.freeze({
    kind,
    allowed: false,
    reason,
    headers: NO_HEADERS,
    vary,
    respond,
    error: null,
  });
}

/** A refusal whose cause is an error, for the framework to answer: a preflight, too. */
export function fail(
  kind: Decision['kind'],
  reason: 'predicate-failed' | 'policy-failed',
  error: Error,
): Decision {
  return Object.freeze({ ...refuse(kind, reason), respond: null, error });
}
