/** Faults in when a head leaves, and in what stays with its connection. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import { type Fault, faultsOf } from './fault.js';
import { onHttp1, withoutCors } from './on-node.js';

const fault = faultsOf('heads', onHttp1);

export const headFaults: readonly Fault[] = [
  fault(
    'decision-kept-on-the-connection',
    'The first decision on a connection holds for all of its requests.',
    () => {
      const kept = new WeakMap<Socket, Record<string, unknown>>();
      return {
        head: (response, { socket, method }) => {
          const fields = kept.get(socket);
          if (fields === undefined) kept.set(socket, { ...response.getHeaders() });
          else if (method === 'GET') {
            withoutCors(response);
            for (const [name, value] of Object.entries(fields)) {
              if (/^(vary|access-control-allow-(origin|credentials))$/.test(name))
                response.setHeader(name, value as string);
            }
          }
        },
      };
    },
    ['connections/one-after-the-other'],
  ),
  fault(
    'departure-spoils-the-next',
    'After the first client that leaves while its handler works, the next one gets no grant.',
    () => {
      let next: 'sound' | 'spoilt' | 'sound again' = 'sound';
      return {
        handled: (response, { url }) => {
          response.once('close', () => {
            const hasLeft = url === '/slow' && !response.writableEnded;
            if (hasLeft && next === 'sound') next = 'spoilt';
          });
        },
        head: (response) => {
          if (next !== 'spoilt') return;
          withoutCors(response);
          next = 'sound again';
        },
      };
    },
    ['unusual-replies/aborted-clients'],
  ),
  fault(
    'flushed-head-without-grant',
    'A head that is flushed leaves before CORS is applied.',
    () => {
      const flushed = new WeakSet();
      return {
        handled: (response) => {
          const flush = response.flushHeaders.bind(response);
          response.flushHeaders = () => {
            flushed.add(response);
            flush();
          };
        },
        head: (response) => {
          if (flushed.has(response)) withoutCors(response);
        },
      };
    },
    ['vary/early-heads-of-a-list', 'unusual-replies/flushed-heads'],
  ),
  fault(
    'applied-at-the-end',
    'CORS is applied when a reply ends: one whose head left before has none.',
    () => {
      const ended = new WeakSet();
      return {
        listener: (listener) => (request, response) => {
          const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse;
          response.end = ((...given: unknown[]) => {
            ended.add(response);
            return end(...given);
          }) as never;
          listener(request, response);
        },
        head: (response) => {
          if (!ended.has(response)) withoutCors(response);
        },
      };
    },
    [
      'vary/streams-and-failures-of-a-list',
      'vary/early-heads-of-a-list',
      'unusual-replies/streams',
      'unusual-replies/flushed-heads',
      'unusual-replies/error-after-head',
      'write-head/object',
      'write-head/lists',
      'write-head/after-set-header',
      'write-head/shared',
      'write-head/twice',
    ],
  ),
  fault(
    'early-hints-take-the-grant',
    'A 103 is taken for the head of the reply, which then has no grant.',
    () => {
      const hinted = new WeakSet();
      return {
        handled: (response) => {
          const hint = response.writeEarlyHints.bind(response);
          response.writeEarlyHints = (hints) => {
            hinted.add(response);
            hint(hints);
          };
        },
        head: (response) => {
          if (hinted.has(response)) withoutCors(response);
        },
      };
    },
    ['vary/early-heads-of-a-list', 'unusual-replies/early-hints'],
  ),
];
