/** Many requests at once, clients that go away, and what is left of it in the program. */
import { EventEmitter } from 'node:events';
import {
  Agent,
  ClientRequest,
  get as requestOnce,
  IncomingMessage,
  OutgoingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { Socket } from 'node:net';
import { Duplex, Readable, Stream, Writable } from 'node:stream';
import { createCors } from '@cors/core';
import type { Request } from 'express';
import { describe, expect, it, vi } from 'vitest';
import { serve } from '../../node/test/server.js';
import { cors } from '../src/index.js';
import { VERSIONS } from './express.js';
import { A, EVIL, noteReports, outcome, POLICY, quietApp } from './policy.js';

noteReports();

interface Answer {
  readonly allowOrigin: string | undefined;
  readonly vary: string | undefined;
  readonly body: { readonly generation: number; readonly path: string };
}

describe.each(VERSIONS)('$name', ({ express, freshCopy }) => {
  it('answers 1,000 interleaved requests over kept connections, reconfigured in between', async () => {
    const GENERATIONS = 3;
    const names = (index: number): string => `https://o${index}.example`;
    // Of nine origins each generation allows every third; the answer comes at once, or later.
    const options = (generation: number): Parameters<typeof createCors<Request>>[0] => ({
      origin: (origin, { path }) => {
        const allowed = Number(/\d/.exec(origin)?.[0]) % GENERATIONS === generation;
        if (path.endsWith('0')) return allowed;
        return new Promise((resolve) => setTimeout(resolve, Number(path.slice(-1)), allowed));
      },
    });
    const policy = createCors<Request>(options(0));
    let arrived = 0;
    let generation = 0;
    const app = express();
    app.use((_, response, next) => {
      if (arrived % 7 === 0) {
        generation = (generation + 1) % GENERATIONS;
        policy.reconfigure(options(generation));
      }
      arrived += 1;
      response.locals['generation'] = generation;
      next();
    });
    app.use(cors({ policy }));
    app.get('/:path', ({ path }, response) => {
      response.vary('Accept').json({ generation: response.locals['generation'] as number, path });
    });
    const { port } = await serve(app);
    const agent = new Agent({ keepAlive: true, maxSockets: 20 });
    const sockets = new Set<Socket>();
    const ask = (path: string, origin: string): Promise<Answer> =>
      new Promise((resolve, reject) => {
        const headers = { origin };
        const request = requestOnce({ port, path, agent, headers }, (reply) => {
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
    const asked = Array.from({ length: 1_000 }, (_, index) => ({
      path: `/${index}`,
      index: index % 9,
    }));
    const answers = await Promise.all(asked.map(({ path, index }) => ask(path, names(index))));
    agent.destroy();
    const wrong = answers.filter(({ allowOrigin, vary, body }, index) => {
      const { path, index: name } = asked[index]!;
      const expected = name % GENERATIONS === body.generation ? names(name) : undefined;
      return allowOrigin !== expected || vary !== 'Accept, Origin' || body.path !== path;
    });
    expect(wrong).toEqual([]);
    expect([...new Set(answers.map(({ body }) => body.generation))].sort()).toEqual([0, 1, 2]);
    expect(sockets.size).toBeLessThanOrEqual(20);
  });

  it('is not harmed by clients that go away', async () => {
    const waiting: (() => void)[] = [];
    let reached = 0;
    const policy = createCors<Request>({
      origin: (_, { path }) =>
        path !== '/gone' || new Promise((resolve) => waiting.push(() => resolve(true))),
    });
    const app = express();
    app.use(cors({ policy }));
    app.use((request, response) => {
      if (request.path === '/gone') reached += 1;
      response.write('head and a part');
      if (request.path !== '/stays') response.end();
    });
    const { port } = await serve(app);
    const leave = async (path: string, when: () => boolean): Promise<void> => {
      const request = requestOnce({ port, path, headers: { origin: A } });
      let replied = false;
      request.on('response', () => (replied = true));
      request.on('error', () => undefined);
      await vi.waitFor(() => expect(replied || when()).toBe(true));
      request.destroy();
    };
    // While the predicate is asked; then while the reply is sent.
    for (let count = 1; count <= 5; count += 1)
      await leave('/gone', () => waiting.length === count);
    await leave('/stays', () => false);
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (const answer of waiting) answer();
    await vi.waitFor(() => expect(reached).toBe(5));
    const reply = await fetch(`http://127.0.0.1:${port}/`, { headers: { origin: A } });
    expect(reply.headers.get('access-control-allow-origin')).toBe(A);
  });

  it('changes no prototype of Node or the language, and adds no global but its weak map', async () => {
    const classes = [
      ...[ClientRequest, IncomingMessage, OutgoingMessage, Server, ServerResponse],
      ...[Http2ServerRequest, Http2ServerResponse, Socket, EventEmitter],
      ...[Stream, Readable, Writable, Duplex],
      ...[Object, Function, Array, Map, WeakMap, Set, Promise, String, Symbol, RegExp, Headers],
    ] as readonly { readonly prototype: object }[];
    const objects = [...classes, ...classes.map(({ prototype }) => prototype)];
    // Compared by identity: what is behind a getter is nobody's business here.
    const snapshot = (): unknown[] =>
      objects.flatMap((object) => [
        Object.getPrototypeOf(object) as unknown,
        ...Reflect.ownKeys(object).flatMap((key) => {
          const own = Object.getOwnPropertyDescriptor(object, key)!;
          const flags = [own.writable, own.enumerable, own.configurable];
          // eslint-disable-next-line @typescript-eslint/unbound-method
          return [key, own.value as unknown, own.get, own.set, ...flags];
        }),
      ]);
    const fresh = freshCopy();
    const others = Reflect.ownKeys(globalThis);
    const before = snapshot();
    const app = quietApp(fresh);
    app.get('/', (_, response) => response.send('x'));
    const send = await serve(app);
    expect(outcome(await send('GET', '/', { origin: A }))).toEqual([200, [A], ['Origin']]);
    await send('OPTIONS', '/', { origin: EVIL, 'access-control-request-method': 'PUT' });
    const after = snapshot();
    expect(after.length).toBe(before.length);
    expect(after.every((each, index) => Object.is(each, before[index]))).toBe(true);
    expect(Reflect.ownKeys(globalThis).filter((key) => !others.includes(key))).toEqual([]);
    expect(others.filter((key) => String(key).includes('cors'))).toEqual([
      Symbol.for('@cors/node.commitments'),
    ]);
  });

  it('works together with another copy of the package', async () => {
    vi.resetModules();
    const other = await import('../src/index.js');
    const { createCors: createOther } = await import('@cors/core');
    expect([other.cors === cors, createOther === createCors]).toEqual([false, false]);
    for (const [first, second] of [
      [cors, other.cors],
      [other.cors, cors],
    ] as const) {
      const fresh = freshCopy();
      const app = fresh();
      app.use(first(POLICY), second(POLICY));
      app.get('/two', second({ origin: '*' }));
      app.get('/policy', (_, response) => response.send('x'));
      app.use((_, response) => response.send(String(Object.hasOwn(response, 'writeHead'))));
      const send = await serve(app);
      const same = await send('GET', '/', { origin: A });
      expect([...outcome(same), same.body]).toEqual([200, [A], ['Origin'], 'false']);
      expect(outcome(await send('GET', '/two', { origin: A }))).toEqual([200, [], ['Origin']]);
      const mixed = fresh().use(second({ policy: createCors(POLICY) }));
      expect(outcome(await (await serve(mixed))('GET', '/', { origin: A }))).toEqual([
        404,
        [A],
        ['Origin'],
      ]);
    }
  });
});
