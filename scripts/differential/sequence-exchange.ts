/**
 * Exchanges of several requests to one URL: what is remembered of a preflight, and what is not.
 */
import type { Header } from '@cors/browser';
import type { PageRequest } from '@cors/browser';
import type { PlannedAnswer, PlannedResponse, Step } from './exchange.js';
import { linesOf, MAX_AGE_FORMS, type Lines } from './header-forms.js';
import type { Random } from './random.js';

const PAGE = 'http://page.test';
const METHODS = ['PUT', 'DELETE', 'PATCH', 'GET', 'POST', 'HEAD', 'patch', 'QUERY'];
const HEADERS: readonly Header[] = [
  ['X-A', '1'],
  ['x-b', '2'],
  ['Authorization', 'Bearer a'],
  ['Content-Type', 'application/json'],
];
const SHORT: readonly Lines[] = [['1'], ['1'], ['0'], ['2'], [], ['-1'], ['abc']];

/** Two to four steps, of which few wait: those take seconds. */
export function sequenceOfSteps(random: Random, path: string): readonly Step[] {
  const url = `${random.pick(['http://api.test', 'http://api.test', 'http://www.page.test'])}${path}/a`;
  const waits = random.chance(3);
  const maxAge = waits
    ? random.pick(SHORT)
    : random.chance(70)
      ? ['600']
      : random.pick(MAX_AGE_FORMS);
  const first = stepOf(random, url, maxAge);
  const steps = [first];
  const count = 2 + random.below(3);
  while (steps.length < count) {
    const before = steps.at(-1) ?? first;
    const next = random.chance(50) ? { ...before } : changed(random, before, url, maxAge);
    steps.push(waits && random.chance(60) ? { ...next, wait: 2500 } : next);
  }
  return steps;
}

function stepOf(random: Random, url: string, maxAge: Lines): Step {
  const withCredentials = random.chance(30);
  const headers = random.some(HEADERS, random.below(3));
  const request: PageRequest = {
    origin: PAGE,
    url,
    method: random.pick(METHODS),
    ...(headers.length === 0 ? {} : { headers }),
    ...(withCredentials ? { credentialsMode: 'include' } : {}),
    ...(random.chance(10) ? { api: 'xhr', uploadListener: true } : {}),
  };
  return { request, answers: [answerOf(random, request, url, maxAge)] };
}

/** The step before, with one thing changed; the answer may be another one, too. */
function changed(random: Random, before: Step, url: string, maxAge: Lines): Step {
  const { request } = before;
  const headers = request.headers ?? [];
  const { credentialsMode, ...anonymous } = request;
  const next = random.weighted<() => PageRequest>([
    [25, () => ({ ...request, method: random.pick(METHODS) })],
    [20, () => ({ ...request, headers: random.some(HEADERS, 1 + random.below(2)) })],
    [10, () => ({ ...request, headers: [...headers, random.pick(HEADERS)] })],
    [
      20,
      () =>
        credentialsMode === undefined ? { ...request, credentialsMode: 'include' } : anonymous,
    ],
    // The same question, to be answered otherwise.
    [25, () => request],
  ])();
  if (next !== request) return { request: next, answers: [answerOf(random, next, url, maxAge)] };
  const refused: PlannedResponse = { status: 200, headers: [] };
  const [answer] = before.answers;
  if (answer === undefined) return before;
  const isPreflight = random.chance(50);
  return {
    request,
    answers: [isPreflight ? { ...answer, preflight: refused } : { ...answer, actual: refused }],
  };
}

/** An answer that grants what is asked for, and often more. */
function answerOf(
  random: Random,
  { method = 'GET', headers = [], credentialsMode }: PageRequest,
  url: string,
  maxAge: Lines,
): PlannedAnswer {
  const names = headers.map(([name]) => name);
  const granted: readonly Header[] = [
    [
      'Access-Control-Allow-Origin',
      credentialsMode === 'include' ? PAGE : random.pick(['*', PAGE]),
    ],
    ['Access-Control-Allow-Credentials', 'true'],
  ];
  const methods = listed(random, [method], METHODS);
  const headerNames = listed(
    random,
    names,
    HEADERS.map(([name]) => name),
  );
  return {
    url,
    preflight: {
      status: 204,
      headers: [
        ...granted,
        ...linesOf('Access-Control-Allow-Methods', methods),
        ...linesOf('Access-Control-Allow-Headers', headerNames),
        ...linesOf('Access-Control-Max-Age', maxAge),
      ],
    },
    actual: { status: 200, headers: granted },
  };
}

function listed(random: Random, wanted: readonly string[], all: readonly string[]): Lines {
  return random.weighted([
    [40, [wanted.join(', ')]],
    [35, [Array.from(new Set([...wanted, ...random.some(all, 3)])).join(', ')]],
    [15, ['*']],
    [5, [`*, ${wanted.join(', ')}`]],
    [5, wanted.length === 0 ? [] : [wanted.join(', ').toLowerCase()]],
  ]);
}
