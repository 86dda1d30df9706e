/**
 * Predicates: the user's own code decides, within guards that hold whatever it answers.
 */
import type { Audit, Step, WireRequest } from '../audit.js';
import { cwe, fetchStandard } from './clauses.js';
import {
  admitsAnonymous,
  admitsCredentialed,
  admitsNobody,
  grantsNothing,
  preflightRefused,
  stepsFor,
} from './expectations.js';
import * as characters from './origin-characters.js';
import * as inputs from './origin-inputs.js';
import {
  allowedOrigin,
  deniedOrigin,
  get,
  otherAllowedOrigin,
  preflight,
  request,
} from './requests.js';

const plainOrigin = 'http://plain.example';
const everyKind = [get(allowedOrigin), get(deniedOrigin), preflight(allowedOrigin)];

/** An audit of a predicate that fails: nothing is granted, and the server goes on. */
function failsClosed(
  behaviour: string,
  scenario: string,
  why: string,
  basis: Audit['basis'] = 'security',
): Audit {
  return {
    id: `predicates/${behaviour}-grants-nothing`,
    title: `A predicate that ${behaviour.replaceAll('-', ' ')} grants nothing, and the server goes on`,
    level: basis === 'security' ? 'must' : 'should',
    basis,
    clause: cwe(636),
    why,
    scenario,
    requires: ['predicates'],
    steps: [
      ...stepsFor(everyKind, (made) => made, admitsNobody),
      // Whatever is answered: the server has not gone.
      { request: get(null), expect: { status: [200, 500] } },
    ],
  };
}

/** An audit of a predicate that fails: the error handling is told. */
function endsInError(behaviour: string, scenario: string): Audit {
  return {
    id: `predicates/${behaviour}-is-an-error`,
    title: `A predicate that ${behaviour.replaceAll('-', ' ')} ends in the error handling, with Vary: Origin`,
    level: 'should',
    basis: 'project',
    clause: cwe(636),
    why: 'A policy that cannot be asked is a fault of the server: the page must not see a denial, nor the developer a success.',
    scenario,
    requires: ['predicates', 'error-handling'],
    steps: stepsFor(everyKind, (made) => made, { ...grantsNothing, status: 500 }),
  };
}

/** An audit of the preflights that a predicate denies, or that it is not asked about. */
function refusesPreflights(answers: string, scenario: string, origins: readonly string[]): Audit {
  return {
    id: `predicates/${answers}-refuses-preflights`,
    title: `A preflight that a predicate denies is an empty 403 that varies by Origin (${answers.replaceAll('-', ' ')})`,
    level: 'should',
    basis: 'project',
    clause: fetchStandard('http-responses'),
    why: 'Who decides must not show in the reply: a list and a predicate refuse in the same way, and no cache keeps the refusal for others.',
    scenario,
    requires: ['predicates'],
    steps: stepsFor(origins, (origin) => preflight(origin, { names: 'x-a' }), preflightRefused),
  };
}

/** Steps for a predicate that works: it admits two origins and no others. */
function working(granted: Step['expect']): readonly Step[] {
  return [
    ...stepsFor([allowedOrigin, otherAllowedOrigin], get, {
      ...granted,
      status: 200,
      reachedApplication: true,
    }),
    { request: preflight(allowedOrigin, { names: 'x-a' }), expect: granted },
    ...stepsFor([deniedOrigin, 'https://a.example.evil.test'], get, admitsNobody),
    { request: preflight(deniedOrigin), expect: admitsNobody },
  ];
}

/** Audits of predicates. */
export const predicates: readonly Audit[] = [
  {
    id: 'predicates/answer-decides',
    title: 'A predicate’s answer decides, for requests and preflights',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-access-control-allow-origin'),
    why: 'Tenants in a database cannot be listed in a configuration.',
    scenario: 'predicate',
    requires: ['predicates'],
    steps: working(admitsCredentialed),
  },
  {
    id: 'predicates/later-answer-decides',
    title: 'A predicate that answers later is waited for',
    level: 'must',
    basis: 'fetch',
    clause: fetchStandard('http-access-control-allow-origin'),
    why: 'A promise is not false, and must not be taken for true either.',
    scenario: 'predicate-later',
    requires: ['predicates'],
    steps: working(admitsAnonymous),
  },
  refusesPreflights('answer', 'predicate', [deniedOrigin, 'null', plainOrigin]),
  refusesPreflights('later-answer', 'predicate-later', [deniedOrigin, 'null']),
  {
    id: 'predicates/null-is-denied-whatever-the-answer',
    title: 'The origin null is denied, though the predicate would admit it',
    level: 'should',
    basis: 'project',
    clause: cwe(942),
    why: 'Predicates are written for origins. One that answers yes to whatever it does not know opens the server to every sandboxed frame.',
    scenario: 'predicate',
    requires: ['predicates'],
    steps: stepsFor([get('null'), preflight('null')], (made) => made, admitsNobody),
  },
  {
    id: 'predicates/insecure-is-denied-with-credentials',
    title: 'With credentials, an http: origin is denied, though the predicate would admit it',
    level: 'should',
    basis: 'project',
    clause: cwe(319),
    why: 'Whoever sits on the user’s network can be any http: site, and would be handed the session.',
    scenario: 'predicate',
    requires: ['predicates'],
    steps: stepsFor([get(plainOrigin), preflight(plainOrigin)], (made) => made, admitsNobody),
  },
  {
    id: 'predicates/insecure-is-asked-about-without-credentials',
    title: 'Without credentials, an http: origin that the predicate admits is granted',
    level: 'should',
    basis: 'project',
    clause: cwe(319),
    why: 'Without cookies there is no session to lose, and internal tools do run on http:.',
    scenario: 'predicate-later',
    requires: ['predicates'],
    steps: [{ request: get(plainOrigin), expect: admitsAnonymous }],
  },
  {
    id: 'predicates/asked-only-about-origins',
    title: 'A predicate is asked about well-formed origins only',
    level: 'should',
    basis: 'project',
    clause: cwe(20),
    why: 'Code that is handed whatever a stranger sends must parse it first, and will do so differently from the browser.',
    scenario: 'predicate',
    requires: ['predicates', 'log'],
    check: async (context) => {
      await context.log();
      const malformed = [
        ...inputs.urlParts,
        ...inputs.several,
        ...inputs.words,
        ...characters.otherCase,
        'null',
        plainOrigin,
        'https://a.example:443',
        'https://a.example:0',
        'file://',
        `https://${'a'.repeat(400)}.example`,
      ];
      for (const origin of malformed) {
        await context.send(get(origin));
      }
      const { asked } = await context.log();
      context.assert(
        asked.length === 0,
        `the predicate should not have been asked about ${JSON.stringify(asked)}`,
      );
    },
  },
  {
    id: 'predicates/asked-once-a-request',
    title: 'A predicate is asked at most once a request, and not without Origin',
    level: 'should',
    basis: 'project',
    clause: cwe(367),
    why: 'It may cost a query each time; and two answers for one request may differ.',
    scenario: 'predicate',
    requires: ['predicates', 'log'],
    check: async (context) => {
      const askedMost: readonly (readonly [WireRequest, most: number])[] = [
        [get(allowedOrigin), 1],
        [get(deniedOrigin), 1],
        [preflight(allowedOrigin, { names: 'x-a' }), 1],
        [request('GET', '/status/500', allowedOrigin), 1],
        [request('GET', '/own-cors', allowedOrigin), 1],
        [get(null), 0],
      ];
      await context.log();
      for (const [made, most] of askedMost) {
        await context.send(made);
        const { asked } = await context.log();
        context.assert(
          asked.length <= most,
          `the predicate should have been asked ${most === 0 ? 'nothing' : 'once at most'}, not about ${JSON.stringify(asked)}`,
        );
      }
    },
  },
  failsClosed(
    'throws',
    'predicate-throws',
    'A database that is down must not open the server, nor take it down.',
  ),
  failsClosed(
    'rejects',
    'predicate-rejects',
    'A rejection that nobody awaits ends the process; one that is taken for an answer opens the server.',
  ),
  failsClosed(
    'returns-a-string',
    'predicate-returns-string',
    'Other libraries let a function return the origin to send. Here a string is truthy, and so would admit everyone.',
    'project',
  ),
  {
    id: 'predicates/failure-does-not-reach-plain-requests',
    title: 'A request without Origin is served though the predicate fails',
    level: 'should',
    basis: 'project',
    clause: fetchStandard('cors-request'),
    why: 'There is nothing to ask about it. A database that is down must not take down those who need no answer from it.',
    scenario: 'predicate-throws',
    requires: ['predicates'],
    steps: [{ request: get(null), expect: { status: 200, reachedApplication: true } }],
  },
  endsInError('throws', 'predicate-throws'),
  endsInError('rejects', 'predicate-rejects'),
  endsInError('returns-nothing', 'predicate-returns-nothing'),
];
