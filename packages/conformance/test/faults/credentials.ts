/** Faults of credentials, and of any origin. */
import type { DecideFault } from './engine-fault.js';
import { type Fault, faultsOf } from './fault.js';
import { inMemory } from './in-memory.js';
import {
  changed,
  denied,
  fieldOf,
  grantTo,
  originOf,
  redeciding,
  withHeaders,
} from './questions.js';

const credentials = faultsOf('credentials', inMemory);
const anyOrigin = faultsOf('any-origin', inMemory);

/** A fault of policies for any origin. */
function underAnyOrigin(change: Parameters<typeof redeciding>[0]): DecideFault {
  return redeciding((decision, question, about) =>
    about.policy.origin === '*' ? change(decision, question, about) : decision,
  );
}

export const credentialsFaults: readonly Fault[] = [
  anyOrigin(
    'opened-by-credentials',
    'Any origin with credentials is not refused: the stranger who asks is granted them.',
    {
      policy: (policy) =>
        policy.origin === '*' && policy.credentials === true
          ? { ...policy, origin: ['https://evil.test'] }
          : policy,
    },
    ['any-origin/credentials-do-not-open-it'],
  ),
  credentials(
    'on-where-off',
    'Listed origins are granted credentials, though the policy has them off.',
    redeciding((decision, question, { policy }) =>
      policy.origin !== '*' && decision.allowed && originOf(question) !== null
        ? withHeaders(decision, { 'Access-Control-Allow-Credentials': 'true' })
        : decision,
    ),
    [
      'origins/custom-schemes-are-admitted',
      'origins/null-where-allowed',
      'credentials/off-unless-configured',
      'exact/single-origin',
      'predicates/later-answer-decides',
      'predicates/insecure-is-asked-about-without-credentials',
      'chosen-policies/each-request-gets-its-own',
      'chosen-policies/preflights-get-the-same',
      'chosen-policies/a-later-choice-is-waited-for',
      'reconfigure/takes-effect',
      'reconfigure/no-reply-mixes-two-policies',
      'reconfigure/replies-are-exact-while-swapped',
    ],
  ),
  credentials(
    'lost-on-preflights',
    'The reply to a preflight lacks Access-Control-Allow-Credentials.',
    redeciding((decision) =>
      decision.kind === 'preflight'
        ? withHeaders(decision, { 'Access-Control-Allow-Credentials': undefined })
        : decision,
    ),
    [
      'classification/preflight-passes-on-every-route',
      'classification/preflight-passes-on-unknown-routes',
      'credentials/preflighted-request-is-granted',
      'methods/listed-is-allowed',
      'methods/safelisted-need-no-listing',
      'methods/star-with-credentials',
      'methods/echo-is-the-method-as-asked',
      'request-headers/listed-are-allowed',
      'request-headers/odd-shapes-are-understood',
      'request-headers/star-with-credentials',
      'echoed-headers/names-once-each',
      'echoed-headers/at-most-64-names',
      'echoed-headers/at-most-1024-bytes',
      'echoed-headers/at-most-16-empty-members',
      'echoed-headers/repeats-and-padding-are-bounded',
      'exact/list-preflight-allowed',
      'exact/success-status',
      'exact/preflight-continues',
      'connections/one-after-the-other',
      'connections/exact-after-everything',
      'predicates/answer-decides',
      'chosen-policies/preflights-get-the-same',
      'chosen-policies/a-later-choice-is-waited-for',
      'stacked-policies/the-same-twice-is-harmless',
      'reconfigure/invalid-options-change-nothing',
      'reconfigure/no-reply-mixes-two-policies',
      'reconfigure/replies-are-exact-while-swapped',
      'decisions/hook-throws',
      'decisions/hook-rejects',
    ],
  ),
  credentials(
    'a-cookie-opens',
    'A request with a cookie is granted, whatever its origin.',
    redeciding((decision, question, { policy }) => {
      const origin = originOf(question);
      const isStranger = !decision.allowed && policy.origin !== '*';
      return isStranger && origin !== null && fieldOf(question, 'cookie') !== ''
        ? grantTo(origin, question, policy)
        : decision;
    }),
    ['credentials/cookies-change-nothing'],
  ),
  credentials(
    'insecure-flag-ignored',
    'The flag that unlocks http: origins has no effect.',
    { policy: (policy) => ({ ...policy, dangerouslyAllowInsecureOrigins: false }) },
    ['credentials/insecure-origins-where-unlocked'],
  ),
  anyOrigin(
    'reflected',
    'Under any origin the request’s own is sent, and the reply varies by it.',
    underAnyOrigin((decision, question) =>
      changed(withHeaders(decision, { 'Access-Control-Allow-Origin': originOf(question) ?? '*' }), {
        vary: ['Origin'],
      }),
    ),
    [
      'any-origin/the-value-is-not-read',
      'exact/any-origin-actual',
      'exact/any-origin-preflight',
      'exact/any-origin-preflight-without-lists',
      'exact/any-origin-preflight-wildcards',
      'vary/any-origin-adds-nothing',
      'application-fields/star-replaces-the-grant',
    ],
  ),
  anyOrigin(
    'only-when-asked',
    'Under any origin a request without Origin gets no grant.',
    underAnyOrigin((decision) =>
      decision.kind === 'not-cors' ? changed(decision, { headers: {} }) : decision,
    ),
    ['exact/any-origin-actual', 'caches/any-origin', 'application-fields/star-replaces-the-grant'],
  ),
  anyOrigin(
    'null-is-none',
    'Under any origin, null is not granted.',
    underAnyOrigin((decision, question) =>
      originOf(question) === 'null' ? denied(decision) : decision,
    ),
    [
      'any-origin/every-page-may-read',
      'any-origin/never-with-credentials',
      'exact/any-origin-actual',
      'caches/any-origin',
    ],
  ),
  anyOrigin(
    'malformed-is-none',
    'Under any origin, what is no origin is not granted.',
    underAnyOrigin((decision, question) => {
      const origin = originOf(question);
      return origin === null || /^(null|[a-z]+:\/\/[^/,\s]{1,300})$/.test(origin)
        ? decision
        : denied(decision);
    }),
    ['any-origin/the-value-is-not-read'],
  ),
  anyOrigin(
    'reflected-with-credentials',
    'Under any origin a request with a cookie is answered with its origin and with credentials.',
    underAnyOrigin((decision, question) =>
      fieldOf(question, 'cookie') === ''
        ? decision
        : withHeaders(decision, {
            'Access-Control-Allow-Origin': originOf(question) ?? '*',
            'Access-Control-Allow-Credentials': 'true',
          }),
    ),
    ['any-origin/never-with-credentials'],
  ),
  anyOrigin(
    'varies',
    'Under any origin the reply varies by Origin all the same.',
    underAnyOrigin((decision) => changed(decision, { vary: ['Origin'] })),
    [
      'any-origin/the-value-is-not-read',
      'exact/any-origin-actual',
      'exact/any-origin-preflight',
      'exact/any-origin-preflight-without-lists',
      'exact/any-origin-preflight-wildcards',
      'vary/any-origin-adds-nothing',
    ],
  ),
];
