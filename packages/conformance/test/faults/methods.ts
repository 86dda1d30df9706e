/** Faults in the methods that a preflight's reply allows. */
import type { Decision } from '@cors/core';

import type { DecideFault, Question } from './engine-fault.js';
import { type Fault, faultsOf } from './fault.js';
import { inMemory } from './in-memory.js';
import { denied, fieldOf, redeciding, withHeaders } from './questions.js';

const fault = faultsOf('methods', inMemory);

const COMMON = ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE'];

const askedMethod = (question: Question): string =>
  fieldOf(question, 'access-control-request-method');

function withMethods(decision: Decision, methods: string | undefined): Decision {
  return withHeaders(decision, { 'Access-Control-Allow-Methods': methods });
}

/** A fault in what a granted preflight is told about methods, where they are listed. */
function whereListed(
  change: (decision: Decision, asked: string, methods: readonly string[]) => Decision,
): DecideFault {
  return redeciding((decision, question, { policy: { methods } }) =>
    decision.kind === 'preflight' && decision.allowed && Array.isArray(methods)
      ? change(decision, askedMethod(question), methods as readonly string[])
      : decision,
  );
}

export const methodFaults: readonly Fault[] = [
  fault(
    'only-the-one-asked-for',
    'Of a list, only the method that was asked for is sent.',
    whereListed((decision, asked, methods) =>
      withMethods(decision, methods.includes(asked) ? asked : undefined),
    ),
    [
      'methods/fixed-list-ignores-the-question',
      'exact/any-origin-preflight',
      'exact/list-preflight-allowed',
      'connections/exact-after-everything',
      'reconfigure/replies-are-exact-while-swapped',
    ],
  ),
  fault(
    'unlisted-refused',
    'A preflight for a method that is not on the list is refused, safelisted ones too.',
    whereListed((decision, asked, methods) =>
      methods.includes(asked) ? decision : denied(decision),
    ),
    [
      'methods/safelisted-need-no-listing',
      'methods/fixed-list-ignores-the-question',
      'exact/any-origin-preflight',
      'exact/list-preflight-allowed',
      'reconfigure/replies-are-exact-while-swapped',
      'decisions/reasons-of-a-list',
    ],
  ),
  fault(
    'unlisted-sent',
    'The method that was asked for is added to the list.',
    whereListed((decision, asked, methods) => withMethods(decision, [...methods, asked].join())),
    [
      'methods/unlisted-is-not-allowed',
      'methods/case-is-compared',
      'methods/fixed-list-ignores-the-question',
      'exact/any-origin-preflight',
      'exact/list-preflight-allowed',
      'hostile/names-of-object-members',
      'chosen-policies/preflights-get-the-same',
      'chosen-policies/a-later-choice-is-waited-for',
      'reconfigure/takes-effect',
      'reconfigure/replies-are-exact-while-swapped',
    ],
  ),
  fault(
    'case-folded',
    'A listed method is sent in the case that it was asked for in.',
    whereListed((decision, asked, methods) =>
      methods.includes(asked.toUpperCase())
        ? withMethods(decision, [...methods, asked].join())
        : decision,
    ),
    ['methods/case-is-compared', 'methods/fixed-list-ignores-the-question'],
  ),
  fault(
    'patch-forgotten',
    'PATCH is left out of a list of methods.',
    whereListed((decision, _, methods) =>
      withMethods(decision, methods.filter((method) => method !== 'PATCH').join() || undefined),
    ),
    [
      'methods/listed-is-allowed',
      'exact/any-origin-preflight',
      'exact/list-preflight-allowed',
      'chosen-policies/preflights-get-the-same',
      'chosen-policies/a-later-choice-is-waited-for',
      'reconfigure/replies-are-exact-while-swapped',
    ],
  ),
  fault(
    'defaults',
    'Where no methods are configured, the common ones are allowed.',
    { policy: (policy) => ({ methods: COMMON, ...policy }) },
    ['exact/any-origin-preflight-without-lists'],
  ),
  fault(
    'sent-on-actual-requests',
    'The list of methods is sent with every reply.',
    redeciding((decision, _, { policy: { methods } }) =>
      decision.kind === 'actual' && decision.allowed && Array.isArray(methods)
        ? withMethods(decision, methods.join())
        : decision,
    ),
    [
      'exact/any-origin-actual',
      'exact/list-actual-allowed',
      'exact/single-origin',
      'application-fields/policy-replaces-the-grant',
      'connections/exact-after-everything',
    ],
  ),
  fault(
    'star-means-the-common-ones',
    'Without credentials, a star becomes the list of common methods.',
    {
      policy: (policy) =>
        policy.methods === '*' && policy.credentials !== true
          ? { ...policy, methods: COMMON }
          : policy,
    },
    ['methods/star-without-credentials', 'exact/any-origin-preflight-wildcards'],
  ),
];
