/** Faults in which replies the grant is on, by who makes them and in what way. */
import { type Fault, faultsOf } from './fault.js';
import { type FetchFault, inMemory, withoutCors } from './in-memory.js';

const fault = faultsOf('replies', inMemory);

/** Replies that leave as they would without CORS. */
function ungranted(
  isLost: (reply: Response, request: Request, wasHandled: boolean) => boolean,
): FetchFault {
  return {
    reply: (reply, { request, handled }) =>
      isLost(reply, request, handled !== null) ? withoutCors(reply, handled) : reply,
  };
}

const pathOf = (request: Request): string => new URL(request.url).pathname;

/** The first grant for a path is on all of its replies, as where it is written into what they share. */
function firstGrantSticks(path: string): () => FetchFault {
  return () => {
    let first: string | null = null;
    return {
      reply: (reply, { request }) => {
        if (pathOf(request) !== path) return undefined;
        first ??= reply.headers.get('Access-Control-Allow-Origin');
        if (first !== null) reply.headers.set('Access-Control-Allow-Origin', first);
        return reply;
      },
    };
  };
}

export const replyFaults: readonly Fault[] = [
  fault(
    'no-grant-without-a-body',
    'Replies of 201, 204 and 206 carry no grant.',
    ungranted(({ status }, _, wasHandled) => wasHandled && [201, 204, 206].includes(status)),
    ['vary/every-status-of-a-list', 'replies/success'],
  ),
  fault(
    'no-grant-on-redirects',
    'Redirects carry no grant.',
    ungranted(({ status }) => [301, 302, 303, 307, 308].includes(status)),
    [
      'vary/every-status-of-a-list',
      'caches/error-replies',
      'replies/redirects',
      'unusual-replies/immutable-responses',
    ],
  ),
  fault(
    'no-grant-on-304',
    'A 304 carries no grant.',
    ungranted(({ status }) => status === 304),
    ['vary/every-status-of-a-list', 'replies/not-modified'],
  ),
  fault(
    'no-grant-on-client-errors',
    'Replies of 400 to 499 carry no grant.',
    ungranted(({ status }, _, wasHandled) => wasHandled && status >= 400 && status <= 499),
    [
      'exposed-headers/listed-are-readable',
      'vary/every-status-of-a-list',
      'vary/undecodable-paths-of-a-list',
      'caches/error-replies',
      'caches/any-origin',
      'replies/errors',
      'replies/routers-and-guards',
      'replies/malformed-path',
      'replies/head-requests',
      'connections/one-after-the-other',
      'connections/exact-after-everything',
      'stacked-policies/different-ones-grant-nothing',
    ],
  ),
  fault(
    'no-grant-on-server-errors',
    'Replies of 500 and more that the application makes carry no grant.',
    ungranted(({ status }, _, wasHandled) => wasHandled && status >= 500),
    [
      'exposed-headers/listed-are-readable',
      'vary/every-status-of-a-list',
      'caches/error-replies',
      'replies/errors',
    ],
  ),
  fault(
    'no-grant-after-a-failure',
    'The reply of the error handler carries no grant.',
    ungranted(({ status }, _, wasHandled) => !wasHandled && status === 500),
    [
      'vary/streams-and-failures-of-a-list',
      'replies/failed-handlers',
      'application-fields/gone-after-an-error',
      'predicates/throws-is-an-error',
      'predicates/rejects-is-an-error',
      'predicates/returns-nothing-is-an-error',
      'chosen-policies/a-failed-choice-is-an-error',
    ],
  ),
  fault(
    'no-grant-on-404',
    'The 404 for an unknown path carries no grant.',
    ungranted(
      ({ status, headers }) => status === 404 && headers.get('X-Application') === 'unknown',
    ),
    ['vary/every-status-of-a-list', 'caches/error-replies', 'replies/routers-and-guards'],
  ),
  fault(
    'no-grant-on-malformed-paths',
    'The router answers 400 for a malformed path before CORS is reached.',
    {
      server: (server) => (request) =>
        pathOf(request).includes('%zz')
          ? new Response('malformed', { status: 400 })
          : server(request),
    },
    ['vary/undecodable-paths-of-a-list', 'replies/malformed-path'],
  ),
  fault(
    'no-grant-on-head',
    'Replies to HEAD carry no grant.',
    ungranted((_, { method }) => method === 'HEAD'),
    ['vary/every-status-of-a-list', 'replies/head-requests'],
  ),
  fault(
    'no-grant-on-streams',
    'Replies without a known length carry no grant.',
    ungranted((_, request) => ['/stream', '/events'].includes(pathOf(request))),
    ['vary/streams-and-failures-of-a-list', 'unusual-replies/streams'],
  ),
  fault(
    'large-bodies-cut',
    'A body is read into 64 KB, and what is longer is cut.',
    {
      reply: async (reply, { request }) =>
        pathOf(request) === '/large'
          ? new Response((await reply.text()).slice(0, 65_536), reply)
          : undefined,
    },
    ['unusual-replies/large-bodies'],
  ),
  fault(
    'headers-after-the-body',
    'A reply whose body fails loses its head, and becomes a 500.',
    {
      reply: async (reply) => {
        try {
          await reply.clone().text();
          return undefined;
        } catch {
          return new Response('internal error', { status: 500 });
        }
      },
    },
    ['vary/streams-and-failures-of-a-list', 'unusual-replies/error-after-head'],
  ),
  fault(
    'immutable-responses-fail',
    'A reply whose headers cannot be changed becomes a 500.',
    {
      server: (server) => (request) =>
        pathOf(request).startsWith('/immutable')
          ? new Response('TypeError: immutable', { status: 500 })
          : server(request),
    },
    ['unusual-replies/immutable-responses'],
  ),
  fault(
    'shared-response-written-to',
    'The grant is written into the handler’s own response, which it gives to others too.',
    firstGrantSticks('/shared-response'),
    ['unusual-replies/shared-response'],
  ),
  fault(
    'shared-headers-written-to',
    'The grant is written into the headers that the handler makes other replies with, too.',
    firstGrantSticks('/shared-headers'),
    ['unusual-replies/shared-headers'],
  ),
  fault(
    'shared-headers-emptied',
    'What the handler set is taken from the headers that it makes other replies with, too.',
    (): FetchFault => ({
      reply: (reply, { request }) => {
        if (pathOf(request) === '/shared-headers') {
          reply.headers.delete('X-Application');
        }
        return reply;
      },
    }),
    ['unusual-replies/shared-headers'],
  ),
];
