/** Faults in `Vary`. */
import { type Fault, faultsOf } from './fault.js';
import { inMemory, isGranted, type ReplyFault, withoutVaryOrigin } from './in-memory.js';

const fault = faultsOf('vary', (reply: ReplyFault) => inMemory({ reply }));

/** A fault in the `Vary` of a reply for which the handler set its own. */
function whereHandlerVaries(change: (handlers: string, reply: Response) => string): ReplyFault {
  return (reply, { handled }) => {
    const handlers = handled?.headers.get('Vary') ?? null;
    if (handlers !== null) reply.headers.set('Vary', change(handlers, reply));
    return reply;
  };
}

export const varyFaults: readonly Fault[] = [
  fault(
    'lost-on-granted-requests',
    'A granted actual request gets no Vary.',
    (reply, { request }) =>
      isGranted(reply) && request.method !== 'OPTIONS' ? withoutVaryOrigin(reply) : reply,
    [
      'exact/list-actual-allowed',
      'exact/single-origin',
      'vary/every-reply-of-a-list',
      'vary/every-status-of-a-list',
      'vary/streams-and-failures-of-a-list',
      'vary/undecodable-paths-of-a-list',
      'vary/handler-appends',
      'vary/handler-sets',
      'vary/handler-removes',
      'vary/one-origin-in-any-case',
      'caches/one-origins-reply-is-not-given-to-another',
      'caches/error-replies',
      'caches/predicate',
      'unusual-replies/shared-response',
      'unusual-replies/shared-headers',
      'application-fields/policy-replaces-the-grant',
      'connections/exact-after-everything',
      'chosen-policies/every-reply-varies',
    ],
  ),
  fault(
    'lost-on-granted-preflights',
    'A granted preflight gets no Vary.',
    (reply, { request }) =>
      isGranted(reply) && request.headers.has('Access-Control-Request-Method')
        ? withoutVaryOrigin(reply)
        : reply,
    [
      'exact/list-preflight-allowed',
      'vary/preflights-of-a-list',
      'vary/by-what-is-echoed',
      'connections/exact-after-everything',
      'chosen-policies/every-reply-varies',
      'reconfigure/replies-are-exact-while-swapped',
    ],
  ),
  fault(
    'lost-on-errors',
    'An error reply of the application gets no Vary.',
    (reply, { request }) =>
      reply.status >= 400 && request.method !== 'OPTIONS' ? withoutVaryOrigin(reply) : reply,
    [
      'vary/every-status-of-a-list',
      'vary/streams-and-failures-of-a-list',
      'vary/undecodable-paths-of-a-list',
      'caches/error-replies',
      'application-fields/gone-after-an-error',
      'predicates/throws-is-an-error',
      'predicates/rejects-is-an-error',
      'predicates/returns-nothing-is-an-error',
      'chosen-policies/a-failed-choice-is-an-error',
      'stacked-policies/different-ones-grant-nothing',
    ],
  ),
  fault(
    'lost-on-redirects',
    'A redirect gets no Vary.',
    (reply) =>
      reply.status >= 300 && reply.status < 400 && reply.status !== 304
        ? withoutVaryOrigin(reply)
        : reply,
    ['vary/every-status-of-a-list', 'caches/error-replies'],
  ),
  fault(
    'lost-on-304',
    'A 304 gets no Vary.',
    (reply) => (reply.status === 304 ? withoutVaryOrigin(reply) : reply),
    ['vary/every-status-of-a-list'],
  ),
  fault(
    'lost-for-a-single-origin',
    'With a single origin, which is not always sent, there is no Vary.',
    (reply, { scenario }) => (scenario.id === 'single' ? withoutVaryOrigin(reply) : reply),
    ['exact/single-origin', 'caches/single-origin'],
  ),
  fault(
    'lost-under-a-predicate',
    'Under a predicate there is no Vary.',
    (reply, { scenario: { setup } }) =>
      setup.kind === 'policy' &&
      typeof setup.policy.origin === 'object' &&
      'predicate' in setup.policy.origin
        ? withoutVaryOrigin(reply)
        : reply,
    [
      'caches/predicate',
      'predicates/answer-refuses-preflights',
      'predicates/later-answer-refuses-preflights',
      'predicates/throws-is-an-error',
      'predicates/rejects-is-an-error',
      'predicates/returns-nothing-is-an-error',
    ],
  ),
  fault(
    'handlers-replaced',
    'Our Vary replaces that of the handler.',
    (reply, { handled }) => {
      if (handled?.headers.has('Vary') !== true) return undefined;
      if (/origin/i.test(reply.headers.get('Vary') ?? '')) reply.headers.set('Vary', 'Origin');
      return reply;
    },
    [
      'vary/handlers-own-stays',
      'vary/handler-appends',
      'vary/handler-sets',
      'vary/one-origin-in-any-case',
    ],
  ),
  fault(
    'handlers-alone',
    'The Vary of the handler replaces ours.',
    whereHandlerVaries((handlers) => handlers),
    ['vary/handler-appends', 'vary/handler-sets', 'chosen-policies/every-reply-varies'],
  ),
  fault(
    'star-made-a-list',
    'Origin is put in front of a handler’s star, and the star is taken for a name.',
    whereHandlerVaries((handlers, reply) =>
      handlers === '*' ? 'Origin' : (reply.headers.get('Vary') ?? ''),
    ),
    ['vary/star-stays', 'vary/star-stands-alone'],
  ),
  fault(
    'appended-unread',
    'Origin is appended to whatever the handler’s Vary holds.',
    whereHandlerVaries((handlers, reply) =>
      /origin/i.test(reply.headers.get('Vary') ?? '') ? `${handlers}, Origin` : handlers,
    ),
    ['vary/one-origin-in-any-case'],
  ),
  fault(
    'copied-from-the-request',
    'The Vary of the request is copied into the reply, in place of ours.',
    (reply, { request }) => {
      const chosen = request.headers.get('Vary');
      if (chosen !== null) reply.headers.set('Vary', chosen);
      return reply;
    },
    ['vary/requests-vary-is-not-copied'],
  ),
];
