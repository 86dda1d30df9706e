/**
 * Builders of what audits expect. Those that begin with `admits` ask only what a browser concludes;
 * the others are exact, and name every CORS field that may leave.
 */
import type { AuditContext, Step, WireRequest, WireResponse } from '../audit.js';
import type { ExpectedCors, Expectation } from '../expectation.js';
import { get } from './requests.js';

/** No page may read the reply, or send what the preflight announced. */
export const admitsNobody: Expectation = { browser: { admits: 'nobody' } };

/** Pages may, but never with cookies. */
export const admitsAnonymous: Expectation = { browser: { admits: 'anonymous' } };

/** Pages may, also with cookies. */
export const admitsCredentialed: Expectation = { browser: { admits: 'credentialed' } };

/** No CORS field at all, and `Vary: Origin`: how a list treats an origin that is not on it. */
export const grantsNothing: Expectation = { cors: {}, vary: { with: ['Origin'] } };

/** The origin is echoed with credentials, with the given fields and no others. */
export function grants(origin: string, more: ExpectedCors = {}): Expectation {
  return {
    cors: { allowOrigin: origin, allowCredentials: 'true', ...more },
    vary: { with: ['Origin'] },
  };
}

/** A granted preflight: an empty 204 without a length, with the given CORS fields and no others. */
export function preflightGranted(cors: ExpectedCors): Expectation {
  return {
    status: 204,
    cors,
    fields: { 'Content-Length': null },
    body: '',
    reachedApplication: false,
  };
}

/** A refused preflight: an empty 403 of length 0 that discloses nothing. */
export const preflightRefused: Expectation = {
  ...grantsNothing,
  status: 403,
  fields: { 'Content-Length': '0' },
  body: '',
  reachedApplication: false,
};

/** A preflight that is refused, whatever else the reply says. */
export const preflightStopped: Expectation = { status: 403, cors: {}, reachedApplication: false };

/** One step for each value: the request made of it, and the same expectation for all. */
export function stepsFor<Value>(
  values: readonly Value[],
  toRequest: (value: Value) => WireRequest,
  expect: Expectation | ((value: Value) => Expectation),
): readonly Step[] {
  return values.map((value) => ({
    request: toRequest(value),
    expect: typeof expect === 'function' ? expect(value) : expect,
  }));
}

/** Steps for origins that are admitted with credentials, and for others that are not. */
export function admittedAndDenied(
  admitted: readonly string[],
  denied: readonly string[],
): readonly Step[] {
  return [...stepsFor(admitted, get, admitsCredentialed), ...stepsFor(denied, get, admitsNobody)];
}

/** A reply's head has no reason to be longer than this. */
const LONGEST_HEAD = 8192;

/** Asserts that no field of the reply holds the text that was sent, and that its head is short. */
export function expectNotEchoed(
  { assert }: Pick<AuditContext, 'assert'>,
  { headers }: WireResponse,
  sent = '',
): void {
  const length = headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  assert(length <= LONGEST_HEAD, `the reply's head should be short, but has ${length} bytes`);
  for (const [name, value] of headers) {
    assert(sent === '' || !value.includes(sent), `${name} should not hold ${JSON.stringify(sent)}`);
  }
}
