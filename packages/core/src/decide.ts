/**
 * A policy and a request → a decision. Pure, but for asking the predicate; never throws.
 *
 * @see https://fetch.spec.whatwg.org/#http-requests
 */
import { isPreflight } from './announced-request.js';
import { type Decision, fail, grant, refuse, VARY_ORIGIN } from './decision.js';
import { describeValue } from './describe-value.js';
import { actualHeaders, preflightHeaders } from './granted-headers.js';
import type { FieldReader, FieldValue } from './header-map.js';
import { isForbiddenMethod } from './method.js';
import { nonCorsReason } from './non-cors.js';
import { isInsecureOrigin } from './origin-trust.js';
import { type OriginRefusal, type Policy, SHARED_REFUSALS } from './policy.js';
import { CorsPredicateError, settle, toError } from './predicate.js';
import { readRequestHeaderNames } from './request-header-names.js';
import { isSerializedOrigin } from './serialized-origin.js';
import type { Grants } from './shared-grants.js';
import { isToken } from './token.js';

/** A method longer than this is not echoed. */
const MAX_METHOD_LENGTH = 64;

/**
 * What is decided of an origin that is not listed where nobody is told why: to find that out takes as
 * long as to decide.
 */
const UNTOLD: OriginRefusal = 'origin-not-allowed';

/**
 * Decides about one request.
 *
 * @param origin - The value of its `Origin`.
 * @param request - The framework's request, for the predicate.
 * @param isTold - Whether somebody is told of the reason.
 */
export function decide(
  policy: Policy,
  origin: FieldValue,
  method: unknown,
  headers: unknown,
  read: FieldReader,
  request: unknown,
  isTold: boolean,
): Decision | Promise<Decision> {
  if (origin === undefined) return policy.withoutOrigin;
  const { any } = policy;
  const asksFirst = isPreflight(method, headers, read);
  // Under any origin the value is never read.
  if (any !== null) return allowAgain(policy, any, '*', asksFirst, headers, read);
  if (origin === null) return deny(asksFirst, 'origin-malformed', null, headers, read);
  if (policy.origins === null)
    return askPredicate(policy, origin, asksFirst, headers, read, request);
  const known = policy.shared.find(origin);
  if (known !== undefined) return allowAgain(policy, known, origin, asksFirst, headers, read);
  if (policy.origins.matches(origin)) {
    // What is matched and is itself among the patterns is an exact one.
    if (policy.origins.includes(origin)) policy.shared.keep(origin);
    return allow(policy, origin, asksFirst, headers, read);
  }
  return isTold
    ? deny(asksFirst, refusalOf(origin), origin, headers, read)
    : SHARED_REFUSALS[asksFirst ? 'preflight' : 'actual'][UNTOLD];
}

/** Why an origin that is not listed is not: only its form is told apart. */
function refusalOf(origin: string): OriginRefusal {
  if (origin === 'null') return 'null-origin';
  return isSerializedOrigin(origin) ? 'origin-not-allowed' : 'origin-malformed';
}

function askPredicate(
  policy: Policy,
  origin: string,
  isPreflight: boolean,
  headers: unknown,
  read: FieldReader,
  request: unknown,
): Decision | Promise<Decision> {
  const { predicate } = policy;
  const refusal = refusalBeforeAsking(policy, origin);
  if (refusal !== null || predicate === null) {
    return deny(isPreflight, refusal ?? 'origin-not-allowed', origin, headers, read);
  }
  const failed = (error: Error): Decision =>
    fail(isPreflight ? 'preflight' : 'actual', 'predicate-failed', error);
  let reader = read;
  const decided = settle(
    () => predicate(origin, request),
    (answer) => {
      if (answer === true) return allow(policy, origin, isPreflight, headers, reader);
      if (answer === false) return deny(isPreflight, 'origin-not-allowed', origin, headers, reader);
      return failed(new CorsPredicateError(wrongAnswer(answer)));
    },
    (thrown) => failed(toError(thrown, 'The predicate `origin`')),
  );
  if (decided instanceof Promise) {
    // Whoever waits may find the headers changed: the request is decided about as it came in.
    const kept = new Map<string, FieldValue>();
    reader = (_, name) => kept.get(name);
    for (const name of READ_LATE) kept.set(name, read(headers, name));
  }
  return decided;
}

/** What may be read of the headers once a predicate has answered. */
const READ_LATE: readonly string[] = [
  'access-control-request-method',
  'access-control-request-headers',
  'sec-fetch-site',
  'sec-fetch-mode',
  'host',
  ':authority',
];

/** What a predicate is not asked about, however it would answer. */
function refusalBeforeAsking(policy: Policy, origin: string): OriginRefusal | null {
  if (origin === 'null') return policy.asksAboutNull ? null : 'null-origin';
  if (!isSerializedOrigin(origin)) return 'origin-malformed';
  return policy.asksAboutInsecure || !isInsecureOrigin(origin) ? null : 'insecure-origin';
}

function wrongAnswer(answer: unknown): string {
  return (
    `The predicate \`origin\` returned ${describeValue(answer)}; it must return true or false, or a ` +
    'promise of it. Callbacks, and origins in place of true, are not supported: ' +
    'write `origin: (origin) => isAllowed(origin)`.'
  );
}

function deny(
  isPreflight: boolean,
  reason: OriginRefusal,
  origin: string | null,
  headers: unknown,
  read: FieldReader,
): Decision {
  if (isPreflight) return SHARED_REFUSALS.preflight[reason];
  const nonCors = nonCorsReason(origin, headers, read);
  if (nonCors === null) return SHARED_REFUSALS.actual[reason];
  return nonCors === 'same-origin' ? SHARED_REFUSALS.sameOrigin : SHARED_REFUSALS.notCorsMode;
}

/** Grants what was granted before, but for what depends on what is announced. */
function allowAgain(
  policy: Policy,
  { actual, preflight }: Grants,
  origin: string,
  isPreflight: boolean,
  headers: unknown,
  read: FieldReader,
): Decision {
  if (!isPreflight) return actual;
  return preflight ?? allowPreflight(policy, origin, headers, read);
}

function allow(
  policy: Policy,
  origin: string,
  isPreflight: boolean,
  headers: unknown,
  read: FieldReader,
): Decision {
  if (isPreflight) return allowPreflight(policy, origin, headers, read);
  const reply = actualHeaders(origin, policy);
  return grant('actual', 'origin-allowed', reply, VARY_ORIGIN, null);
}

/**
 * Fixed lists are sent whole, whatever was asked: one cached preflight then serves many requests,
 * and where something is missing the browser names the true cause. Only `*` with credentials, which
 * browsers take literally, is answered with what was asked, after a check.
 */
function allowPreflight(
  policy: Policy,
  origin: string,
  headers: unknown,
  read: FieldReader,
): Decision {
  let { methods, allowedHeaders } = policy;
  const { preflightVary, preflightStatus } = policy;
  if (policy.echoesMethod) {
    methods = echoMethod(read(headers, 'access-control-request-method'));
    if (methods === null) return refuse('preflight', 'method-refused', preflightVary);
  }
  if (policy.echoesHeaders) {
    const asked = read(headers, 'access-control-request-headers');
    const names = asked === null ? null : readRequestHeaderNames(asked ?? '');
    if (names === null) return refuse('preflight', 'headers-refused', preflightVary);
    allowedHeaders = names === '' ? null : names;
  }
  const reply = preflightHeaders(origin, policy, methods, allowedHeaders);
  return grant('preflight', 'origin-allowed', reply, preflightVary, preflightStatus);
}

/** The method asked for, when it may be granted; else null. */
function echoMethod(method: FieldValue): string | null {
  if (typeof method !== 'string' || method.length > MAX_METHOD_LENGTH) return null;
  return isToken(method) && !isForbiddenMethod(method) ? method : null;
}
