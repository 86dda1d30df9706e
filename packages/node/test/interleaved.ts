/** Many requests at once over kept connections, under a policy that is reconfigured in between. */
import { Agent, get } from 'node:http';
import type { Socket } from 'node:net';
import { createCors, type Cors } from '@cors/core';

const GENERATIONS = 3;
const NAMES = 9;

/** A policy that changes all the time, and what it was when a request arrived. */
export interface ChangingPolicy<Req> {
  readonly policy: Cors<Req>;
  /** To be called when a request arrives. Gives the generation that is to decide about it. */
  readonly arrive: () => number;
}

/** Of nine origins each generation allows every third; the answer comes at once, or later. */
export function changingPolicy<Req>(pathOf: (request: Req) => string): ChangingPolicy<Req> {
  const options = (generation: number): Parameters<typeof createCors<Req>>[0] => ({
    origin: (origin, request) => {
      const allowed = Number(/\d/.exec(origin)?.[0]) % GENERATIONS === generation;
      const last = Number(pathOf(request).slice(-1));
      if (last === 0) return allowed;
      return new Promise((resolve) => setTimeout(resolve, last, allowed));
    },
  });
  const policy = createCors<Req>(options(0));
  let arrived = 0;
  let generation = 0;
  const arrive = (): number => {
    if (arrived % 7 === 0) {
      generation = (generation + 1) % GENERATIONS;
      policy.reconfigure(options(generation));
    }
    arrived += 1;
    return generation;
  };
  return { policy, arrive };
}

interface Answer {
  readonly allowOrigin: string | undefined;
  readonly vary: string | undefined;
  /** What the application sends: the generation that `arrive` gave, and the path. */
  readonly body: { readonly generation: number; readonly path: string };
}

/**
 * Asks a thousand times, over twenty connections. The application sends `Vary: Accept` of its own.
 *
 * @returns The wrong answers; and how many generations and connections took part.
 */
export async function askInterleaved(
  port: number,
): Promise<{ readonly wrong: unknown[]; readonly generations: number; readonly sockets: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  const sockets = new Set<Socket>();
  const ask = (path: string, origin: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const request = get({ port, path, agent, headers: { origin } }, (reply) => {
        let text = '';
        reply.setEncoding('utf8');
        reply.on('data', (chunk: string) => (text += chunk));
        reply.on('end', () =>
          resolve({
            allowOrigin: reply.headers['access-control-allow-origin'],
            vary: reply.headers.vary,
            body: JSON.parse(text) as Answer['body'],
          }),
        );
      });
      request.on('socket', (socket) => sockets.add(socket));
      request.on('error', reject);
    });
  const originOf = (index: number): string => `https://o${index % NAMES}.example`;
  const answers = await Promise.all(
    Array.from({ length: 1_000 }, (_, index) => ask(`/${index}`, originOf(index))),
  );
  agent.destroy();
  const wrong = answers.filter(({ allowOrigin, vary, body }, index) => {
    const isAllowed = (index % NAMES) % GENERATIONS === body.generation;
    const expected = isAllowed ? originOf(index) : undefined;
    return allowOrigin !== expected || vary !== 'Accept, Origin' || body.path !== `/${index}`;
  });
  const generations = new Set(answers.map(({ body }) => body.generation)).size;
  return { wrong, generations, sockets: sockets.size };
}
