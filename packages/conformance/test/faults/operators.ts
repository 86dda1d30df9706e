/** Faults in what an operator is told, and in what a hint in the request may do. */
import type { Decision, DecisionReason } from '@cors/core';

import type { ApplicationLog } from '../../src/index.js';
import { type Fault, faultsOf } from './fault.js';
import { type FetchFault, inMemory, type ReplyFault, withoutCors } from './in-memory.js';
import { asking, changed, fieldOf, grantTo, originOf, redeciding } from './questions.js';

const fault = faultsOf('decisions', inMemory);

/** A reason that is told in place of others. */
function telling(
  reason: DecisionReason,
  insteadOf: readonly DecisionReason[],
  kind?: Decision['kind'],
): FetchFault {
  return {
    decide: redeciding((decision) =>
      insteadOf.includes(decision.reason)
        ? changed(decision, { reason, kind: kind ?? decision.kind })
        : decision,
    ),
  };
}

/** A fault in the warnings that the log holds. */
function reporting(change: (log: ApplicationLog) => ApplicationLog['reports']): FetchFault {
  return { log: (log) => ({ ...log, reports: change(log) }) };
}

/** A fault in which a hint of the request's opens the reply. */
function openedBy(
  isHint: (field: (name: string) => string, origin: string) => boolean,
): FetchFault {
  return {
    decide: redeciding((decision, question, { policy }) => {
      const origin = originOf(question);
      if (decision.allowed || origin === null || !Array.isArray(policy.origin)) return decision;
      return isHint((name) => fieldOf(question, name), origin)
        ? grantTo(origin, question, policy)
        : decision;
    }),
  };
}

/** A fault of a server whose hook fails in this way. */
function whereHook(fails: 'throws' | 'rejects', reply: ReplyFault): FetchFault {
  return {
    reply: (given, about) =>
      about.scenario.onDecision === fails ? reply(given, about) : undefined,
  };
}

export const operatorFaults: readonly Fault[] = [
  fault(
    'fetch-site-opens',
    'A request that calls itself same-origin is granted.',
    openedBy((field) => field('sec-fetch-site') === 'same-origin'),
    ['decisions/what-is-no-cors-is-no-denial', 'decisions/fetch-metadata-never-grants'],
  ),
  fault(
    'host-opens',
    'A request whose Host is its origin’s is granted.',
    openedBy((field, origin) => origin.endsWith(`//${field('host')}`)),
    ['decisions/what-is-no-cors-is-no-denial', 'decisions/fetch-metadata-never-grants'],
  ),
  fault(
    'malformed-not-told',
    'A malformed origin is told to be one that is not allowed.',
    telling('origin-not-allowed', ['origin-malformed']),
    ['decisions/reasons-of-a-list', 'decisions/reasons-of-predicates'],
  ),
  fault(
    'null-not-told',
    'The origin null is told to be one that is not allowed.',
    telling('origin-not-allowed', ['null-origin']),
    [
      'decisions/reasons-of-a-list',
      'decisions/reasons-of-predicates',
      'decisions/reasons-of-failures',
    ],
  ),
  fault(
    'insecure-not-told',
    'An origin that the predicate was not asked about is told to be one that it denied.',
    telling('origin-not-allowed', ['insecure-origin']),
    ['decisions/reasons-of-predicates'],
  ),
  fault(
    'echo-refusals-not-told',
    'A refused method or list of names is told to be a denied origin.',
    telling('origin-not-allowed', ['method-refused', 'headers-refused']),
    ['decisions/reasons-of-echoes'],
  ),
  fault(
    'failure-not-told',
    'A predicate that failed is told to have denied.',
    telling('origin-not-allowed', ['predicate-failed']),
    ['decisions/reasons-of-failures'],
  ),
  fault(
    'no-origin-is-a-denial',
    'A request without Origin is told to be denied.',
    telling('origin-not-allowed', ['no-origin'], 'actual'),
    ['decisions/reasons-of-a-list'],
  ),
  fault(
    'same-origin-is-a-denial',
    'A same-origin request is told to be denied.',
    telling('origin-not-allowed', ['same-origin'], 'actual'),
    ['decisions/what-is-no-cors-is-no-denial'],
  ),
  fault(
    'navigation-is-a-denial',
    'A navigation is told to be a denied request.',
    telling('origin-not-allowed', ['not-cors-mode'], 'actual'),
    ['decisions/what-is-no-cors-is-no-denial'],
  ),
  fault(
    'host-looked-at-loosely',
    'A request whose Host begins as its origin does is told to be same-origin.',
    {
      decide: (question, engine) => {
        const host = originOf(question)?.split('//')[1];
        const isLoose = host !== undefined && fieldOf(question, 'host').startsWith(`${host}.`);
        return engine(isLoose ? asking(question, { host }) : question);
      },
    },
    ['decisions/what-is-no-cors-is-no-denial'],
  ),
  fault(
    'no-policy-not-told',
    'A request without policy is told to be denied.',
    {
      log: (log) => ({
        ...log,
        decisions: log.decisions.filter(({ reason }) => reason !== 'no-policy'),
      }),
    },
    ['decisions/reasons-of-choices'],
  ),
  fault(
    'failed-choice-not-told',
    'A choice that failed is not told.',
    {
      log: (log) => ({
        ...log,
        decisions: log.decisions.filter(({ reason }) => reason !== 'policy-failed'),
      }),
    },
    ['decisions/failed-choice-is-named'],
  ),
  fault(
    'conflict-not-reported',
    'Two different policies on one request are not reported.',
    reporting(({ reports }) => reports.filter(({ code }) => code !== 'CORS_POLICY_CONFLICT')),
    ['decisions/conflict-is-reported-once'],
  ),
  fault(
    'conflict-reported-each-time',
    'Two different policies are reported on each request.',
    reporting(({ reports, decisions }) => [
      ...reports,
      ...decisions
        .filter(({ reason }) => reason === 'policy-conflict')
        .map(() => ({ code: 'CORS_POLICY_CONFLICT', message: 'again' })),
    ]),
    ['decisions/conflict-is-reported-once'],
  ),
  fault(
    'replaced-field-not-reported',
    'A field of the handler that gives way is not reported.',
    reporting(({ reports }) => reports.filter(({ code }) => code !== 'CORS_HEADER_REPLACED')),
    ['decisions/replaced-field-is-reported-once'],
  ),
  fault(
    'replaced-field-not-named',
    'A field of the handler that gives way is reported without its name.',
    reporting(({ reports }) =>
      reports.map((report) => ({ ...report, message: 'a header was replaced' })),
    ),
    ['decisions/replaced-field-is-reported-once'],
  ),
  fault(
    'hook-takes-the-reply-down',
    'A hook that throws makes the reply a 500.',
    whereHook('throws', () => new Response('internal error', { status: 500 })),
    ['decisions/hook-throws'],
  ),
  fault(
    'hook-takes-the-grant',
    'After a hook that was rejected nothing is applied to the reply.',
    whereHook('rejects', (reply, { handled }) => withoutCors(reply, handled)),
    ['decisions/hook-rejects'],
  ),
];
