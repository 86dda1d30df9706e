/**
 * What will be different after a move: the names are headings of the pages about moving, which a test plays
 * on both sides.
 */
import type { OriginMeaning } from './peer-origin.js';
import type { PeerName } from './peer.js';
import type { PeerReading } from './peer-reading.js';

/** What decides which differences there are. */
export interface Move {
  readonly reading: PeerReading;
  readonly meaning: OriginMeaning;
  /** The codes of what our engine says of the options as they are. */
  readonly refusals: ReadonlySet<string>;
}

type When = (move: Move) => boolean;

const always: When = () => true;
const has =
  (...names: readonly string[]): When =>
  ({ reading }) =>
    names.some((name) => Object.hasOwn(reading.raw, name));
const isRefused =
  (...codes: readonly string[]): When =>
  ({ refusals }) =>
    codes.some((code) => refusals.has(code));
const all =
  (...conditions: readonly When[]): When =>
  (move) =>
    conditions.every((condition) => condition(move));
const some =
  (...conditions: readonly When[]): When =>
  (move) =>
    conditions.some((condition) => condition(move));
const not =
  (condition: When): When =>
  (move) =>
    !condition(move);

const isOff: When = ({ meaning }) => meaning.kind === 'off';
const isAny: When = ({ meaning }) => meaning.kind === 'any';
const isReflected: When = ({ meaning }) => meaning.kind === 'reflected';
const isFunction: When = ({ meaning }) => meaning.kind === 'function';
const isFixed: When = ({ meaning }) => meaning.kind === 'listed' && meaning.isFixed;
/** Among origins, where it is a name like others. */
const hasStar: When = ({ meaning }) => meaning.kind === 'listed' && meaning.members.includes('*');
/** Some are let in, and others are not. */
const isSelective: When = ({ meaning }) =>
  meaning.kind === 'function' ||
  meaning.kind === 'nobody' ||
  (meaning.kind === 'listed' && meaning.members.some((member) => member !== '*'));
const withCredentials: When = ({ reading }) => reading.credentials;
const exposes: When = ({ reading }) => reading.given.exposedHeaders !== undefined;
const echoesHeaders: When = ({ reading: { given } }) => {
  const list = given.allowedHeaders;
  return list === undefined || (Array.isArray(list) && list.length === 0);
};
const continues: When = ({ reading }) => reading.given.preflightContinue === true;
/** Theirs sends fixed values to whoever asks. */
const sendsToAll: When = all(isSelective, some(isFixed, withCredentials, exposes));
const isTooLong: When = isRefused('max-age-invalid');
const hasOddOrigin: When = ({ refusals }) =>
  [...refusals].some((code) => code.startsWith('origin-') && !ELSEWHERE.has(code));
/** Told under other names. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'origin-missing',
  'origin-type',
  'origin-regexp',
  'origin-any-with-credentials',
]);

const EXPRESS_AND_FASTIFY = {
  'options-are-an-object-with-an-origin': isRefused('origin-missing'),
  'any-origin-with-credentials-is-refused': isRefused('origin-any-with-credentials'),
  'true-and-false-are-no-origins': isRefused('origin-type'),
  'any-origin-is-a-star': isReflected,
  'regular-expressions-become-patterns': isRefused('origin-regexp'),
  'origins-are-checked': hasOddOrigin,
  'lists-are-lists': ({ reading }: Move) => reading.textLists.length > 0,
  'max-age-is-at-most-a-day': isTooLong,
  'predicates-return-true-or-false': isFunction,
  'a-denied-origin-is-no-error': isFunction,
  'request-headers-are-not-echoed': all(echoesHeaders, not(withCredentials), not(isOff)),
  'nothing-is-sent-to-other-origins': all(sendsToAll, not(isFunction)),
  'nothing-is-sent-without-an-origin': all(sendsToAll, not(isFunction)),
  'null-is-not-granted': all(sendsToAll, not(isFunction)),
  'a-denied-preflight-is-answered-403': isSelective,
  'plain-options-are-no-preflights': not(isOff),
  'preflights-expose-nothing': exposes,
  'a-204-has-no-content-length': ({ reading: { given } }: Move) =>
    (given.optionsSuccessStatus ?? 204) === 204 && given.preflightContinue !== true,
  'vary-survives-the-handler': some(isSelective, isOff),
  'handlers-do-not-overrule-the-policy': isSelective,
} as const satisfies Record<string, When>;

/** For each package: the difference, and when there is it. */
const DIFFERENCES: Readonly<Record<PeerName, Readonly<Record<string, When>>>> = {
  cors: { ...EXPRESS_AND_FASTIFY, 'vary-is-never-left-out': some(isFunction, isOff) },
  '@fastify/cors': {
    ...EXPRESS_AND_FASTIFY,
    'options-that-are-gone': ({ reading }) => reading.gone.length > 0,
    'plain-options-are-no-preflights': all(
      not(isOff),
      ({ reading }) => reading.raw['preflight'] !== false,
    ),
    'a-204-has-no-content-length': all(
      EXPRESS_AND_FASTIFY['a-204-has-no-content-length'],
      ({ reading }) => reading.raw['preflight'] !== false,
    ),
    'request-headers-are-not-echoed': all(
      EXPRESS_AND_FASTIFY['request-headers-are-not-echoed'],
      ({ reading }) => reading.raw['preflight'] !== false,
    ),
    'no-options-route-is-added': continues,
    'vary-is-never-left-out': some(isFixed, isOff),
    'error-replies-carry-the-headers': has('hook'),
  },
  '@koa/cors': {
    'options-are-an-object-with-an-origin': isRefused('origin-missing'),
    'any-origin-with-credentials-is-refused': isRefused('origin-any-with-credentials'),
    'the-options-have-other-names': ({ reading }) => reading.renamed.length > 0,
    'credentials-are-true-or-false': ({ reading }) =>
      typeof reading.raw['credentials'] === 'function',
    'any-origin-is-a-star': some(isAny, isReflected),
    'origins-are-checked': hasOddOrigin,
    'predicates-return-true-or-false': isFunction,
    'max-age-is-a-number-up-to-a-day': ({ reading, refusals }) =>
      refusals.has('max-age-invalid') || reading.given.maxAge === 0,
    'request-headers-are-not-echoed': echoesHeaders,
    'nothing-is-sent-to-other-origins': some(isFixed, isFunction),
    'nothing-is-sent-without-an-origin': some(isFixed, isFunction),
    'null-is-not-granted': some(isFixed, isFunction),
    'a-denied-preflight-is-answered-403': isSelective,
    'plain-options-carry-the-headers': always,
    'vary-survives-the-handler': isSelective,
    'error-replies-carry-the-headers': some(
      ({ reading }) => reading.raw['keepHeadersOnError'] === false,
      isFunction,
    ),
    'isolation-is-not-part-of-cors': ({ reading }) => reading.raw['secureContext'] === true,
    'private-networks-ask-no-header': ({ reading }) => reading.raw['privateNetworkAccess'] === true,
    'handlers-do-not-overrule-the-policy': isSelective,
  },
  hono: {
    'options-are-an-object-with-an-origin': isRefused('origin-missing'),
    'any-origin-with-credentials-is-refused': isRefused('origin-any-with-credentials'),
    'the-options-have-other-names': ({ reading }) => reading.renamed.length > 0,
    'any-origin-is-a-star': hasStar,
    'origins-are-checked': some(hasOddOrigin, isRefused('origin-empty'), hasStar),
    'predicates-return-true-or-false': isFunction,
    'max-age-is-at-most-a-day': isTooLong,
    'request-headers-are-not-echoed': always,
    'nothing-is-sent-to-other-origins': all(
      isSelective,
      some(withCredentials, exposes, isFunction),
    ),
    'nothing-is-sent-without-an-origin': all(
      isSelective,
      some(withCredentials, exposes, isFunction),
    ),
    'null-is-not-granted': all(isSelective, some(withCredentials, exposes, isFunction)),
    'a-denied-preflight-is-answered-403': isSelective,
    'plain-options-are-no-preflights': always,
    'preflights-expose-nothing': exposes,
    'handlers-do-not-overrule-the-policy': isSelective,
  },
};

/** The names of the differences. Where our engine refuses the whole, what is refused is all that differs. */
export function differencesOf(move: Move, isConverted: boolean): readonly string[] {
  const rules = DIFFERENCES[move.reading.peer.name];
  const shown = Object.keys(rules).filter((name) => rules[name]?.(move) === true);
  return isConverted ? shown : shown.filter((name) => OF_REFUSAL.has(name));
}

const OF_REFUSAL: ReadonlySet<string> = new Set([
  'options-are-an-object-with-an-origin',
  'any-origin-with-credentials-is-refused',
  'true-and-false-are-no-origins',
]);

/** Every difference that there is with a package. */
export function allDifferences(peer: PeerName): readonly string[] {
  return Object.keys(DIFFERENCES[peer]);
}
