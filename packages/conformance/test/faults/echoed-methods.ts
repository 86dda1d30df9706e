/** Faults in the method that is echoed, where a star stands beside credentials. */
import type { Decision } from '@cors/core';

import type { ScenarioPolicy } from '../../src/index.js';
import type { About, DecideFault, Question } from './engine-fault.js';
import { type Fault, faultsOf } from './fault.js';
import { inMemory } from './in-memory.js';
import {
  asking,
  changed,
  fieldOf,
  grantTo,
  originOf,
  redeciding,
  withHeaders,
} from './questions.js';

const fault = faultsOf('echoed-methods', inMemory);

const COMMON = ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE'];

const askedMethod = (question: Question): string =>
  fieldOf(question, 'access-control-request-method');

function withMethods(decision: Decision, methods: string | undefined): Decision {
  return withHeaders(decision, { 'Access-Control-Allow-Methods': methods });
}

const echoesMethod = ({ credentials, methods }: ScenarioPolicy): boolean =>
  credentials === true && methods === '*';

/** A fault in what a preflight is told, where the method is echoed. */
function whereEchoed(
  change: (decision: Decision, asked: string, question: Question, about: About) => Decision,
): DecideFault {
  return redeciding((decision, question, about) =>
    decision.kind === 'preflight' && echoesMethod(about.policy)
      ? change(decision, askedMethod(question), question, about)
      : decision,
  );
}

/** Echoes a method that the engine refuses, where it is one that the fault lets through. */
function echoing(letsThrough: (method: string) => boolean): DecideFault {
  return whereEchoed((decision, asked, question, { policy }) =>
    decision.reason === 'method-refused' && letsThrough(asked)
      ? withMethods(
          grantTo(
            originOf(question) ?? '',
            asking(question, { 'access-control-request-method': 'PUT' }),
            policy,
          ),
          asked,
        )
      : decision,
  );
}

/** What a method is made of, however long and whatever it means. */
const isToken = (text: string): boolean => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text);

/** A method is echoed at any length. */
export const methodsOfAnyLength: DecideFault = echoing(
  (method) => method.length > 64 && isToken(method),
);

/** The first of several methods is taken, as of several lines. */
export const firstMethodOfSeveral: DecideFault = (question, engine) => {
  const [first = ''] = askedMethod(question).split(',');
  return engine(
    question.headers['access-control-request-method'] === undefined
      ? question
      : asking(question, { 'access-control-request-method': first }),
  );
};

export const echoedMethodFaults: readonly Fault[] = [
  fault(
    'star-sent-as-it-is',
    'A star is sent as it stands, beside credentials too.',
    whereEchoed((decision) => (decision.allowed ? withMethods(decision, '*') : decision)),
    ['methods/star-with-credentials', 'methods/echo-is-the-method-as-asked'],
  ),
  fault(
    'of-the-common-ones',
    'With credentials, a star becomes the list of common methods.',
    whereEchoed((decision) => (decision.allowed ? withMethods(decision, COMMON.join()) : decision)),
    ['methods/star-with-credentials', 'methods/echo-is-the-method-as-asked'],
  ),
  fault(
    'in-upper-case',
    'The method is echoed in upper case.',
    whereEchoed((decision, asked) =>
      decision.allowed ? withMethods(decision, asked.toUpperCase()) : decision,
    ),
    ['methods/star-with-credentials', 'methods/echo-is-the-method-as-asked'],
  ),
  fault(
    'unchecked',
    'The method is echoed whatever it is made of.',
    echoing((method) => !isToken(method)),
    [
      'methods/echo-takes-tokens-only',
      'methods/echo-refuses-the-rest',
      'decisions/reasons-of-echoes',
    ],
  ),
  fault(
    'of-forbidden-ones',
    'Methods that no page can send are echoed.',
    echoing((method) => /^(connect|trace|track)$/i.test(method)),
    ['methods/echo-refuses-the-rest', 'decisions/reasons-of-echoes'],
  ),
  fault(
    'without-vary',
    'The reply with an echoed method does not vary by the method that was asked for.',
    whereEchoed((decision) =>
      changed(decision, {
        vary: decision.vary.filter((name) => name !== 'Access-Control-Request-Method'),
      }),
    ),
    ['vary/by-what-is-echoed'],
  ),
];
