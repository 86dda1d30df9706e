/** Many requests at once, clients that go away, and what is left of it in the program. */
import { EventEmitter } from 'node:events';
import { ClientRequest, IncomingMessage, OutgoingMessage, Server, ServerResponse } from 'node:http';
import { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { Socket } from 'node:net';
import { Duplex, Readable, Stream, Writable } from 'node:stream';
import { createCors } from '@cors/core';
import type { Request } from 'express';
import { describe, expect, it, vi } from 'vitest';
import { askInterleaved, changingPolicy } from '../../node/test/interleaved.js';
import { expectNoHarmByLeaving } from '../../node/test/leaving-clients.js';
import { serve } from '../../node/test/server.js';
import { noteReports } from '../../conformance/test/targets/note-reports.js';
import { cors } from '../src/index.js';
import { VERSIONS } from './express.js';
import { A, EVIL, outcome, POLICY, quietApp } from './policy.js';

noteReports();

describe.each(VERSIONS)('$name', ({ express, freshCopy }) => {
  it('answers 1,000 interleaved requests over kept connections, reconfigured in between', async () => {
    const { policy, arrive } = changingPolicy<Request>(({ path }) => path);
    const app = express();
    app.use((_, response, next) => {
      response.locals['generation'] = arrive();
      next();
    });
    app.use(cors({ policy }));
    app.get('/:path', ({ path }, response) => {
      response.vary('Accept').json({ generation: response.locals['generation'] as number, path });
    });
    const { port } = await serve(app);
    const { wrong, generations, sockets } = await askInterleaved(port);
    expect(wrong).toEqual([]);
    expect(generations).toBe(3);
    expect(sockets).toBeLessThanOrEqual(20);
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
    await expectNoHarmByLeaving({ port, origin: A, waiting, reached: () => reached });
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
