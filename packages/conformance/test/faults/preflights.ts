/** Faults in how a preflight is answered. */
import { type Fault, faultsOf } from './fault.js';
import { inMemory } from './in-memory.js';
import { changed, redeciding } from './questions.js';

const fault = faultsOf('preflights', inMemory);

export const preflightFaults: readonly Fault[] = [
  fault(
    'preflights-go-on',
    'A granted preflight goes on to the application, though nobody asked for it.',
    redeciding((decision) => (decision.allowed ? changed(decision, { respond: null }) : decision)),
    [
      'classification/preflight-passes-on-every-route',
      'classification/preflight-passes-on-unknown-routes',
      'classification/preflight-never-reaches-application',
      'exact/any-origin-preflight',
      'exact/any-origin-preflight-without-lists',
      'exact/any-origin-preflight-wildcards',
      'exact/list-preflight-allowed',
      'exact/success-status',
    ],
  ),
  fault(
    'preflights-never-go-on',
    'A granted preflight is answered, though it should go on to the application.',
    { policy: (policy) => ({ ...policy, preflightContinue: false }) },
    ['exact/preflight-continues'],
  ),
  fault(
    'success-status-ignored',
    'A granted preflight is answered 204, whatever status is configured.',
    redeciding((decision) =>
      decision.respond === null || !decision.allowed
        ? decision
        : changed(decision, { respond: 204 }),
    ),
    ['exact/success-status'],
  ),
  fault(
    'length-on-204',
    'A granted preflight is answered 204 with a Content-Length.',
    {
      reply: (reply) => {
        if (reply.status === 204) reply.headers.set('Content-Length', '0');
        return reply;
      },
    },
    [
      'exact/any-origin-preflight',
      'exact/any-origin-preflight-without-lists',
      'exact/any-origin-preflight-wildcards',
      'exact/list-preflight-allowed',
    ],
  ),
  fault(
    'refusal-with-a-body',
    'A denied preflight is answered 403 with a sentence that says so.',
    {
      reply: ({ status, headers }, { request, handled }) => {
        if (status !== 403 || request.method !== 'OPTIONS' || handled !== null) return undefined;
        headers.delete('Content-Length');
        return new Response('origin not allowed', { status, headers });
      },
    },
    [
      'exact/list-preflight-denied',
      'predicates/answer-refuses-preflights',
      'predicates/later-answer-refuses-preflights',
    ],
  ),
  fault(
    'denied-preflights-pass',
    'A denied preflight is answered 204, without the grant.',
    redeciding((decision) =>
      decision.respond === 403 ? changed(decision, { respond: 204 }) : decision,
    ),
    [
      'methods/echo-refuses-the-rest',
      'echoed-headers/malformed-lists-are-refused',
      'echoed-headers/at-most-64-names',
      'echoed-headers/at-most-1024-bytes',
      'echoed-headers/at-most-16-empty-members',
      'echoed-headers/repeats-and-padding-are-bounded',
      'exact/list-preflight-denied',
      'exact/success-status',
      'exact/preflight-continues',
      'predicates/answer-refuses-preflights',
      'predicates/later-answer-refuses-preflights',
    ],
  ),
];
