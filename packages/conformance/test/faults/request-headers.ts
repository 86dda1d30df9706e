/** Faults in the request headers that a preflight's reply allows. */
import type { Decision } from '@cors/core';

import type { DecideFault } from './engine-fault.js';
import { type Fault, faultsOf } from './fault.js';
import { inMemory } from './in-memory.js';
import { denied, fieldOf, redeciding, withHeaders } from './questions.js';

const fault = faultsOf('request-headers', inMemory);

const withNames = (decision: Decision, names: string | undefined): Decision =>
  withHeaders(decision, { 'Access-Control-Allow-Headers': names || undefined });

/** A fault in what a granted preflight is told about headers, where they are listed. */
function whereListed(
  change: (decision: Decision, asked: string, names: readonly string[]) => Decision,
): DecideFault {
  return redeciding((decision, question, { policy: { allowedHeaders } }) => {
    if (decision.kind !== 'preflight' || !decision.allowed || !Array.isArray(allowedHeaders))
      return decision;
    const names = allowedHeaders as readonly string[];
    return change(decision, fieldOf(question, 'access-control-request-headers'), names);
  });
}

/** A fault in what a granted preflight is told, where the policy has a star. */
function whereStarred(
  credentials: boolean,
  change: (decision: Decision, asked: string) => Decision,
): DecideFault {
  return redeciding((decision, question, { policy }) =>
    decision.kind === 'preflight' &&
    decision.allowed &&
    policy.allowedHeaders?.includes('*') === true &&
    (policy.credentials ?? false) === credentials
      ? change(decision, fieldOf(question, 'access-control-request-headers'))
      : decision,
  );
}

const lowerCase = (names: readonly string[]): readonly string[] =>
  names.map((name) => name.toLowerCase());

const asListed = (asked: string, names: readonly string[]): string =>
  asked
    .split(',')
    .filter((name) => lowerCase(names).includes(name.toLowerCase()))
    .join();

export const requestHeaderFaults: readonly Fault[] = [
  fault(
    'not-trimmed',
    'Of a list, only the names that were asked for are sent, and white space is taken for a part of them.',
    whereListed((decision, asked, names) => withNames(decision, asListed(asked, names))),
    [
      'request-headers/fixed-list-ignores-odd-shapes',
      'request-headers/odd-shapes-are-understood',
      'request-headers/authorization-beside-the-star',
      'exact/any-origin-preflight',
      'exact/list-preflight-allowed',
      'connections/exact-after-everything',
      'reconfigure/replies-are-exact-while-swapped',
    ],
  ),
  fault(
    'unlisted-refused',
    'A preflight that asks for a name that is not on the list is refused.',
    whereListed((decision, asked, names) =>
      asked.split(/[\s,]+/).every((name) => ['', ...lowerCase(names)].includes(name.toLowerCase()))
        ? decision
        : denied(decision),
    ),
    [
      'request-headers/fixed-list-ignores-odd-shapes',
      'request-headers/authorization-beside-the-star',
      'exact/any-origin-preflight',
      'exact/list-preflight-allowed',
      'reconfigure/replies-are-exact-while-swapped',
    ],
  ),
  fault(
    'malformed-refused',
    'A preflight whose names are malformed is refused, though the list is fixed.',
    whereListed((decision, asked) =>
      /^[\w\-, \t]*$/.test(asked) && !/\w[ \t]+\w/.test(asked) ? decision : denied(decision),
    ),
    ['request-headers/fixed-list-ignores-odd-shapes'],
  ),
  fault(
    'unlisted-sent',
    'The names that were asked for are added to the list.',
    whereListed((decision, asked, names) =>
      withNames(decision, [...names, ...(asked === '' ? [] : [asked])].join()),
    ),
    [
      'request-headers/unlisted-are-not-allowed',
      'request-headers/fixed-list-ignores-odd-shapes',
      'exact/any-origin-preflight',
      'exact/list-preflight-allowed',
      'hostile/names-of-object-members',
      'reconfigure/replies-are-exact-while-swapped',
    ],
  ),
  fault(
    'only-the-last-name',
    'Of a list only the last name is sent.',
    whereListed((decision, _, names) => withNames(decision, names.at(-1))),
    [
      'any-origin/every-page-may-read',
      'methods/safelisted-need-no-listing',
      'request-headers/listed-are-allowed',
      'request-headers/odd-shapes-are-understood',
      'request-headers/authorization-beside-the-star',
      'exact/any-origin-preflight',
      'exact/list-preflight-allowed',
    ],
  ),
  fault(
    'echoed-by-default',
    'Where no request headers are configured, those that were asked for are allowed.',
    redeciding((decision, question, { policy }) =>
      decision.kind === 'preflight' && decision.allowed && policy.allowedHeaders === undefined
        ? withNames(decision, fieldOf(question, 'access-control-request-headers'))
        : decision,
    ),
    ['exact/any-origin-preflight-without-lists'],
  ),
  fault(
    'sent-on-actual-requests',
    'The list of request headers is sent with every reply.',
    redeciding((decision, _, { policy: { allowedHeaders } }) =>
      decision.kind === 'actual' && decision.allowed && Array.isArray(allowedHeaders)
        ? withNames(decision, allowedHeaders.join())
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
    'star-lost',
    'Without credentials, a star is not sent.',
    whereStarred(false, (decision) => withNames(decision, undefined)),
    [
      'request-headers/star-without-credentials',
      'request-headers/authorization-beside-the-star',
      'exact/any-origin-preflight-wildcards',
    ],
  ),
  fault(
    'star-covers-authorization',
    'Without credentials, Authorization is sent beside the star.',
    whereStarred(false, (decision) => withNames(decision, '*,Authorization')),
    ['request-headers/star-does-not-cover-authorization', 'exact/any-origin-preflight-wildcards'],
  ),
  fault(
    'star-swallows-authorization',
    'Authorization that is listed beside a star is not sent.',
    whereStarred(false, (decision) => withNames(decision, '*')),
    ['request-headers/authorization-beside-the-star'],
  ),
];
