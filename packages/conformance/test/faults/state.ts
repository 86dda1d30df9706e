/** Faults of what is kept from one request to another. */
import { type Fault, faultsOf } from './fault.js';
import { type FetchFault, inMemory } from './in-memory.js';
import { redeciding } from './questions.js';

const fault = faultsOf('state', inMemory);

export const stateFaults: readonly Fault[] = [
  fault(
    'decision-beside-the-request',
    'The decision is kept beside the request, where the next one overwrites it.',
    (): FetchFault => {
      let latest: Headers | undefined;
      return {
        decide: redeciding((decision) => {
          latest = new Headers(decision.headers);
          return decision;
        }),
        reply: (reply, { request, scenario }) => {
          const isSlow = new URL(request.url).pathname === '/slow';
          if (!isSlow || scenario.setup.kind !== 'policy') return undefined;
          const origin = latest?.get('Access-Control-Allow-Origin') ?? null;
          if (origin === null) reply.headers.delete('Access-Control-Allow-Origin');
          else reply.headers.set('Access-Control-Allow-Origin', origin);
          return reply;
        },
      };
    },
    ['connections/at-once'],
  ),
  fault(
    'vary-remembered',
    'What a handler puts into Vary is put into every later reply.',
    (): FetchFault => {
      let seen: string | null = null;
      return {
        reply: (reply, { request, handled }) => {
          const own = handled?.headers.get('Vary') ?? null;
          if (new URL(request.url).pathname === '/vary/set') seen = own;
          else if (seen !== null && own === null) reply.headers.append('Vary', seen);
          return reply;
        },
      };
    },
    ['connections/exact-after-everything'],
  ),
];
