/**
 * Converting: the options of another package → what is dangerous or dead in them as they stand, ours that mean
 * the same, and in what the two differ.
 */
import { type CorsOptions, type CorsProblem, validateCorsOptions } from '@cors/core';

import { mendList, mendOrigin } from './mend-options.js';
import { convertedFunction } from './peer-function.js';
import { type ListName, type PeerName, PEERS } from './peer.js';
import { differencesOf } from './peer-differences.js';
import { type PeerFinding, peerFindings } from './peer-findings.js';
import { type OriginMeaning, originMeaning } from './peer-origin.js';
import { type PeerReading, readPeerOptions } from './peer-reading.js';

/** What became of options. */
export interface Conversion {
  readonly peer: PeerName;
  /** Whether they could be judged; where not, `reason` says why. */
  readonly isJudged: boolean;
  /** What is dangerous or dead in them. */
  readonly findings: readonly PeerFinding[];
  /** Ours; null where there is nothing to write, and `reason` says why. */
  readonly options: CorsOptions<never> | null;
  readonly reason: string | null;
  /** What will be different: headings of the page about moving. */
  readonly differences: readonly string[];
}

/**
 * Converts the options of another package.
 *
 * @param peer - The package.
 * @param options - Its options, as it gets them; `undefined` for none.
 *
 * @example
 * ```ts
 * import { convertOptions } from '@cors/cli';
 *
 * const { options, findings } = convertOptions('cors', {
 *   origin: 'https://app.example.com/',
 *   methods: 'GET,PUT',
 * });
 * console.log(options?.origin, options?.methods); // https://app.example.com [ 'PUT' ]
 * console.log(findings[0]?.kind, findings[0]?.path); // dead origin
 * ```
 */
export function convertOptions(peer: PeerName, options: unknown): Conversion {
  try {
    return converted(peer, options);
  } catch {
    // A getter that throws, or a proxy: there is no saying where it strikes.
    return unsettled(peer, `The options of ${peer} cannot be read.`);
  }
}

function converted(peer: PeerName, options: unknown): Conversion {
  if (typeof options === 'function') return unsettled(peer, BY_REQUEST);
  const isAbsent = options === undefined || options === null;
  if (!isAbsent && (typeof options !== 'object' || Array.isArray(options))) {
    return unsettled(peer, `The options of ${peer} are an object.`);
  }
  const reading = readPeerOptions(PEERS[peer], { ...options });
  if (Object.hasOwn(reading.raw, 'delegator')) return unsettled(peer, BY_REQUEST);
  const meaning = originMeaning(reading);
  const problems = problemsOf(reading);
  const refusals = new Set(problems.map(({ code }) => code));
  const findings = peerFindings({ reading, meaning, problems });
  const reason = reasonAgainst(reading, meaning);
  const move = { reading, meaning, refusals };
  return {
    peer,
    isJudged: true,
    findings,
    options: reason === null ? convertedOptions(reading, meaning) : null,
    reason,
    differences: differencesOf(move, reason === null),
  };
}

const BY_REQUEST =
  'The options are made for each request. Make the policies once, with createCors, and give the adapter `policy: (request) => …`, which chooses one.';

function unsettled(peer: PeerName, reason: string): Conversion {
  return { peer, isJudged: false, findings: [], options: null, reason, differences: [] };
}

/** What our engine says of the options as they are, under our names. */
function problemsOf({ given, credentials }: PeerReading): readonly CorsProblem[] {
  return validateCorsOptions({ ...given, ...('credentials' in given && { credentials }) });
}

/** Why there is nothing of ours that means the same; null where there is. */
function reasonAgainst({ credentials, raw }: PeerReading, meaning: OriginMeaning): string | null {
  const isOpen =
    meaning.kind === 'any' ||
    meaning.kind === 'reflected' ||
    (meaning.kind === 'listed' && meaning.members.every((member) => member === '*'));
  if (isOpen && credentials) {
    return 'It lets every site use the sessions of its visitors, or is meant to: list the origins that have your users’ trust, or leave `credentials` out.';
  }
  if (isOpen && meaning.kind === 'reflected' && meaning.isAccident) {
    return 'It lets any origin in, which is hardly meant: list the origins as text.';
  }
  if (meaning.kind === 'off') return 'It is switched off: do not mount `cors`.';
  if (meaning.kind === 'broken') return `It never works: ${meaning.why}.`;
  const perRequest = ['credentials', 'allowMethods'].find(
    (name) => typeof raw[name] === 'function',
  );
  return perRequest === undefined
    ? null
    : `\`${perRequest}\` is a function. Make two policies, with createCors, and give the adapter \`policy: (request) => …\`, which chooses one.`;
}

function convertedOptions(reading: PeerReading, meaning: OriginMeaning): CorsOptions<never> {
  const { given, credentials, raw } = reading;
  const { flags, ...origin } = convertedOrigin(reading, meaning);
  const methods = listOf(reading, 'methods', reading.peer.methods).filter(
    (method) => !['GET', 'HEAD', 'POST'].includes(method),
  );
  const allowedHeaders = listOf(reading, 'allowedHeaders', []);
  const exposedHeaders = listOf(reading, 'exposedHeaders', []);
  const echo = credentials ? '*' : ['*', 'Authorization'];
  const maxAge = convertedMaxAge(given.maxAge);
  // Else the application says what is allowed.
  const isAnswered = raw['preflight'] !== false;
  const isContinued = given.preflightContinue === true || !isAnswered;
  const status = given.optionsSuccessStatus;
  const isGoodStatus =
    status !== undefined &&
    status !== 204 &&
    validateCorsOptions({ origin: '*', optionsSuccessStatus: status }).length === 0;
  return {
    ...origin,
    ...(credentials && { credentials }),
    ...(methods.length > 0 && isAnswered && { methods: plainList(methods) }),
    ...(isAnswered && {
      allowedHeaders: allowedHeaders.length === 0 ? echo : plainList(allowedHeaders),
    }),
    ...(exposedHeaders.length > 0 &&
      !(credentials && exposedHeaders.includes('*')) && {
        exposedHeaders: plainList(exposedHeaders),
      }),
    ...(maxAge !== null && { maxAge }),
    ...(isContinued && { preflightContinue: true }),
    ...(isGoodStatus && { optionsSuccessStatus: status as number }),
    ...flags,
  };
}

function convertedOrigin(
  { peer, credentials }: PeerReading,
  meaning: OriginMeaning,
): Pick<CorsOptions<never>, 'origin'> & { readonly flags: object } {
  switch (meaning.kind) {
    case 'listed': {
      // A `*` in a list lets nobody in there: beside others it goes, alone it was meant.
      const members = meaning.members.filter((member) => member !== '*');
      return members.length === 0 ? { origin: '*', flags: {} } : mendOrigin(members, credentials);
    }
    case 'function':
      return { origin: convertedFunction(peer.name, meaning.function), flags: {} };
    case 'nobody':
    case 'off':
    case 'broken':
      return { origin: () => false, flags: {} };
    default:
      return { origin: '*', flags: {} };
  }
}

function listOf(
  { given }: PeerReading,
  name: ListName,
  otherwise: readonly string[],
): readonly string[] {
  const value = given[name];
  if (value === '*') return ['*'];
  if (!Array.isArray(value)) return otherwise;
  const members = (value as readonly unknown[]).filter((member) => typeof member === 'string');
  return mendList(name, members);
}

/** `'*'` for a list of nothing else. */
function plainList(list: readonly string[]): string | readonly string[] {
  return list.length === 1 && list[0] === '*' ? '*' : list;
}

const A_DAY = 86_400;

function convertedMaxAge(value: unknown): number | null {
  if (value === undefined || value === '') return null;
  const seconds = Number(value);
  return Number.isInteger(seconds) && seconds >= 0 ? Math.min(seconds, A_DAY) : null;
}
