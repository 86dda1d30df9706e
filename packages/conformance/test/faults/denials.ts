/** Faults in what a denied request is told, or one without Origin. */
import type { DecideFault } from './engine-fault.js';
import { type Fault, faultsOf } from './fault.js';
import { inMemory, isGranted, withoutVaryOrigin } from './in-memory.js';
import { grantTo, originOf, patternsOf, redeciding, withHeaders } from './questions.js';

const fault = faultsOf('denials', inMemory);

/** A fault in what a denied decision of a list says. */
function onDenied(
  change: Parameters<typeof redeciding>[0],
  kind: 'actual' | 'preflight',
): DecideFault {
  return redeciding((decision, question, about) =>
    decision.allowed || originOf(question) === null || decision.kind !== kind
      ? decision
      : change(decision, question, about),
  );
}

export const denialFaults: readonly Fault[] = [
  fault(
    'credentials-on-denied',
    'A denied reply says Access-Control-Allow-Credentials: true.',
    onDenied(
      (decision, _, { policy }) =>
        policy.credentials === true
          ? withHeaders(decision, { 'Access-Control-Allow-Credentials': 'true' })
          : decision,
      'actual',
    ),
    [
      'origins/several-in-one-value-are-denied',
      'origins/denied-replies-are-bare',
      'exact/list-actual-denied',
      'application-fields/policy-withdraws-the-grant',
      'application-fields/gone-after-an-error',
      'connections/exact-after-everything',
      'predicates/throws-is-an-error',
      'predicates/rejects-is-an-error',
      'predicates/returns-nothing-is-an-error',
    ],
  ),
  fault(
    'credentials-without-origin',
    'A reply to a request without Origin says Access-Control-Allow-Credentials: true.',
    redeciding((decision, question, { policy }) =>
      originOf(question) === null && policy.credentials === true
        ? withHeaders(decision, { 'Access-Control-Allow-Credentials': 'true' })
        : decision,
    ),
    ['exact/list-actual-denied', 'application-fields/policy-withdraws-the-grant'],
  ),
  fault(
    'first-origin-for-everyone',
    'Who is denied is told the first origin of the list.',
    onDenied(
      (decision, _, { policy }) =>
        withHeaders(decision, { 'Access-Control-Allow-Origin': patternsOf(policy)?.[0] }),
      'actual',
    ),
    [
      'origins/several-in-one-value-are-denied',
      'origins/denied-replies-are-bare',
      'exact/list-actual-denied',
      'exact/single-origin',
      'application-fields/policy-withdraws-the-grant',
      'application-fields/gone-after-an-error',
      'connections/exact-after-everything',
    ],
  ),
  fault(
    'lists-for-the-denied',
    'A denied preflight is told the methods and headers that others are granted.',
    onDenied(
      (decision, question, { policy }) =>
        withHeaders(decision, {
          ...grantTo('', question, policy).headers,
          'Access-Control-Allow-Origin': undefined,
          'Access-Control-Allow-Credentials': undefined,
        }),
      'preflight',
    ),
    [
      'exact/list-preflight-denied',
      'predicates/answer-refuses-preflights',
      'predicates/later-answer-refuses-preflights',
      'predicates/throws-is-an-error',
      'predicates/rejects-is-an-error',
      'predicates/returns-nothing-is-an-error',
    ],
  ),
  fault(
    'exposed-names-for-the-denied',
    'A denied reply names the exposed headers.',
    onDenied(
      (decision, _, { policy: { exposedHeaders } }) =>
        withHeaders(decision, {
          'Access-Control-Expose-Headers':
            typeof exposedHeaders === 'object' ? exposedHeaders.join() : exposedHeaders,
        }),
      'actual',
    ),
    ['exposed-headers/handlers-names-go-when-denied', 'exact/list-actual-denied'],
  ),
  fault(
    'origin-sent-without-being-asked',
    'With a single origin, a request without Origin is told it.',
    redeciding((decision, question, { policy }) => {
      const [only, ...others] = patternsOf(policy) ?? [];
      return originOf(question) === null && others.length === 0
        ? withHeaders(decision, { 'Access-Control-Allow-Origin': only })
        : decision;
    }),
    [
      'exact/any-origin-actual',
      'exact/single-origin',
      'caches/any-origin',
      'application-fields/star-replaces-the-grant',
    ],
  ),
  fault(
    'no-vary-on-denied-requests',
    'A denied actual request gets no Vary.',
    {
      reply: (reply, { request }) =>
        request.headers.has('Origin') && request.method !== 'OPTIONS' && !isGranted(reply)
          ? withoutVaryOrigin(reply)
          : reply,
    },
    [
      'origins/several-in-one-value-are-denied',
      'origins/denied-replies-are-bare',
      'exact/list-actual-denied',
      'exact/single-origin',
      'vary/every-reply-of-a-list',
      'vary/every-status-of-a-list',
      'vary/streams-and-failures-of-a-list',
      'vary/undecodable-paths-of-a-list',
      'vary/handler-sets',
      'vary/handler-removes',
      'caches/denied-reply-is-not-given-to-a-page',
      'caches/error-replies',
      'caches/single-origin',
      'caches/predicate',
      'application-fields/policy-withdraws-the-grant',
      'application-fields/gone-after-an-error',
      'connections/exact-after-everything',
      'predicates/throws-is-an-error',
      'predicates/rejects-is-an-error',
      'predicates/returns-nothing-is-an-error',
      'chosen-policies/every-reply-varies',
      'chosen-policies/a-failed-choice-is-an-error',
      'stacked-policies/different-ones-grant-nothing',
    ],
  ),
  fault(
    'no-vary-on-denied-preflights',
    'A denied preflight gets no Vary.',
    {
      reply: (reply, { handled }) =>
        reply.status === 403 && handled === null ? withoutVaryOrigin(reply) : reply,
    },
    [
      'exact/list-preflight-denied',
      'vary/preflights-of-a-list',
      'vary/by-what-is-echoed',
      'predicates/answer-refuses-preflights',
      'predicates/later-answer-refuses-preflights',
    ],
  ),
  fault(
    'no-vary-without-origin',
    'A request without Origin gets no Vary.',
    {
      reply: (reply, { request }) =>
        request.headers.has('Origin') ? reply : withoutVaryOrigin(reply),
    },
    [
      'exact/list-actual-denied',
      'exact/single-origin',
      'vary/every-reply-of-a-list',
      'vary/every-status-of-a-list',
      'vary/streams-and-failures-of-a-list',
      'vary/undecodable-paths-of-a-list',
      'vary/handler-appends',
      'vary/handler-sets',
      'vary/handler-removes',
      'caches/plain-reply-is-not-given-to-a-page',
      'caches/error-replies',
      'caches/single-origin',
      'caches/predicate',
      'application-fields/policy-withdraws-the-grant',
      'chosen-policies/every-reply-varies',
    ],
  ),
];
