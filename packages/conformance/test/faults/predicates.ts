/** Faults in how a predicate is asked, and in what is made of its answer. */
import type { Decision } from '@cors/core';

import { originPredicate, type ScenarioPolicy, type ScenarioPredicate } from '../../src/index.js';
import type { About, DecideFault, EngineFault, Question } from './engine-fault.js';
import { type Fault, faultsOf } from './fault.js';
import { inMemory } from './in-memory.js';
import {
  asking,
  changed,
  denied,
  grantTo,
  isPreflight,
  originOf,
  redeciding,
} from './questions.js';

const fault = faultsOf('predicates', inMemory);

function predicateOf({ origin }: ScenarioPolicy): ScenarioPredicate | null {
  return typeof origin === 'object' && 'predicate' in origin ? origin : null;
}

/** A fault in what is made of a predicate that fails in one of these ways. */
function whereFailed(
  behaviours: readonly ScenarioPredicate['predicate'][],
  change: (decision: Decision, origin: string, question: Question, about: About) => Decision,
): DecideFault {
  return redeciding((decision, question, about) => {
    const predicate = predicateOf(about.policy)?.predicate;
    const isMeant = predicate !== undefined && behaviours.includes(predicate);
    return isMeant && decision.reason === 'predicate-failed'
      ? change(decision, originOf(question) ?? '', question, about)
      : decision;
  });
}

/** Another flag for policies with a predicate. */
function unlocking(flag: Partial<ScenarioPolicy>): EngineFault {
  return {
    policy: (policy) => (predicateOf(policy) === null ? policy : { ...policy, ...flag }),
  };
}

/** A fault in the refusal of a preflight that a working predicate denies, or is not asked about. */
function onDeniedPreflight(change: (decision: Decision) => Decision): DecideFault {
  return redeciding((decision, question, { policy }) => {
    const isWorking = predicateOf(policy)?.predicate.startsWith('answers') === true;
    return isWorking && isPreflight(question) && !decision.allowed ? change(decision) : decision;
  });
}

export const predicateFaults: readonly Fault[] = [
  fault(
    'asked-twice',
    'The predicate is asked twice.',
    (question, engine, { policy }) => {
      if (predicateOf(policy) !== null) void engine(question);
      return engine(question);
    },
    ['predicates/asked-once-a-request'],
  ),
  fault(
    'asked-without-origin',
    'The predicate is asked about an empty text when there is no Origin.',
    (question, engine, { policy, log }) => {
      const predicate = predicateOf(policy);
      if (predicate?.predicate === 'answers' && originOf(question) === null) {
        void originPredicate(predicate, log)('');
      }
      return engine(question);
    },
    ['predicates/asked-only-about-origins', 'predicates/asked-once-a-request'],
  ),
  fault(
    'asked-without-origin-though-it-fails',
    'A predicate that throws is asked without Origin too, and its failure ends the request.',
    (question, engine, { policy }) =>
      predicateOf(policy)?.predicate === 'throws' && originOf(question) === null
        ? engine(asking(question, { origin: 'https://a.example' }))
        : engine(question),
    ['predicates/failure-does-not-reach-plain-requests'],
  ),
  fault(
    'asked-about-null',
    'The predicate is asked about null.',
    unlocking({ dangerouslyAllowNullOrigin: true }),
    [
      'credentials/insecure-origins-where-unlocked',
      'predicates/answer-refuses-preflights',
      'predicates/later-answer-refuses-preflights',
      'predicates/null-is-denied-whatever-the-answer',
      'predicates/asked-only-about-origins',
      'decisions/reasons-of-predicates',
      'decisions/reasons-of-failures',
    ],
  ),
  fault(
    'asked-about-insecure-origins',
    'The predicate is asked about http: origins, with credentials too.',
    unlocking({ dangerouslyAllowInsecureOrigins: true }),
    [
      'predicates/answer-refuses-preflights',
      'predicates/insecure-is-denied-with-credentials',
      'predicates/asked-only-about-origins',
      'decisions/reasons-of-predicates',
    ],
  ),
  fault(
    'asked-about-anything',
    'The predicate is asked about what is no origin, too.',
    redeciding((decision, question, { policy, log }) => {
      const predicate = predicateOf(policy);
      if (predicate !== null && decision.reason === 'origin-malformed') {
        void originPredicate({ ...predicate, predicate: 'answers' }, log)(originOf(question) ?? '');
      }
      return decision;
    }),
    ['predicates/asked-only-about-origins'],
  ),
  fault(
    'not-asked-about-http',
    'The predicate is not asked about http: origins, without credentials either.',
    redeciding((decision, question, { policy }) =>
      predicateOf(policy) !== null &&
      policy.credentials === false &&
      originOf(question)?.startsWith('http:') === true
        ? denied(decision)
        : decision,
    ),
    ['predicates/insecure-is-asked-about-without-credentials'],
  ),
  fault(
    'not-asked-about-preflights',
    'Under a predicate every preflight passes, and only the request is asked about.',
    redeciding((decision, question, { policy }) => {
      const isWorking = predicateOf(policy)?.predicate.startsWith('answers') === true;
      return isWorking && isPreflight(question) && decision.reason === 'origin-not-allowed'
        ? grantTo(originOf(question) ?? '', question, policy)
        : decision;
    }),
    [
      'predicates/answer-decides',
      'predicates/later-answer-decides',
      'predicates/answer-refuses-preflights',
      'predicates/later-answer-refuses-preflights',
    ],
  ),
  fault(
    'denied-preflights-pass',
    'A preflight that a predicate denies is answered 204, without the grant.',
    onDeniedPreflight((decision) => changed(decision, { respond: 204 })),
    ['predicates/answer-refuses-preflights', 'predicates/later-answer-refuses-preflights'],
  ),
  fault(
    'denied-preflights-without-vary',
    'A preflight that a predicate denies does not vary by Origin.',
    onDeniedPreflight((decision) => changed(decision, { vary: [] })),
    ['predicates/answer-refuses-preflights', 'predicates/later-answer-refuses-preflights'],
  ),
  fault(
    'answer-inverted',
    'A predicate that says no is taken to say yes.',
    redeciding((decision, question, { policy }) =>
      predicateOf(policy)?.predicate === 'answers' && decision.reason === 'origin-not-allowed'
        ? grantTo(originOf(question) ?? '', question, policy)
        : decision,
    ),
    [
      'credentials/insecure-origins-where-unlocked',
      'predicates/answer-decides',
      'predicates/answer-refuses-preflights',
      'decisions/reasons-of-predicates',
    ],
  ),
  fault(
    'promise-is-truthy',
    'A promise is taken for a yes.',
    (question, engine, { policy }) => {
      const predicate = predicateOf(policy)?.predicate;
      const origin = originOf(question);
      if (predicate !== 'answers-later' || origin === null) return engine(question);
      return grantTo(origin, question, policy);
    },
    ['predicates/later-answer-decides', 'predicates/later-answer-refuses-preflights'],
  ),
  fault(
    'promise-is-no-true',
    'A promise is taken for a no.',
    redeciding((decision, _, { policy }) =>
      predicateOf(policy)?.predicate === 'answers-later' && decision.allowed
        ? denied(decision)
        : decision,
    ),
    ['predicates/later-answer-decides', 'predicates/insecure-is-asked-about-without-credentials'],
  ),
  fault(
    'truthy-is-true',
    'A text that the predicate returns is taken for a yes.',
    whereFailed(['returns-string'], (_, origin, question, { policy }) =>
      grantTo(origin, question, policy),
    ),
    ['predicates/returns-a-string-grants-nothing'],
  ),
  fault(
    'nothing-is-false',
    'A predicate that returns nothing is taken to say no.',
    whereFailed(['returns-nothing'], (decision) => changed(denied(decision), { error: null })),
    ['predicates/returns-nothing-is-an-error'],
  ),
  fault(
    'thrown-error-opens',
    'A predicate that throws is taken to say yes.',
    whereFailed(['throws'], (_, origin, question, { policy }) => grantTo(origin, question, policy)),
    ['predicates/throws-grants-nothing', 'predicates/throws-is-an-error'],
  ),
  fault(
    'rejection-opens',
    'A predicate whose promise is rejected is taken to say yes.',
    whereFailed(['rejects'], (_, origin, question, { policy }) =>
      grantTo(origin, question, policy),
    ),
    [
      'predicates/rejects-grants-nothing',
      'predicates/rejects-is-an-error',
      'decisions/reasons-of-failures',
    ],
  ),
  fault(
    'failure-is-a-no',
    'A predicate that fails is taken to say no, and nobody is told.',
    whereFailed(['throws', 'rejects'], (decision) => changed(denied(decision), { error: null })),
    [
      'predicates/throws-is-an-error',
      'predicates/rejects-is-an-error',
      'decisions/reasons-of-failures',
    ],
  ),
  fault(
    'failure-without-vary',
    'The error that a failed predicate ends in does not vary by Origin.',
    whereFailed(['throws', 'rejects', 'returns-nothing'], (decision) =>
      changed(decision, { vary: [] }),
    ),
    [
      'predicates/throws-is-an-error',
      'predicates/rejects-is-an-error',
      'predicates/returns-nothing-is-an-error',
    ],
  ),
];
