/** Many requests at once, clients that go away, and what is left of it in the program. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createCors } from '@cors/core';
import type { H3Event } from 'h3';
import { describe, expect, it, vi } from 'vitest';
import { noteReports } from '../../conformance/test/targets/note-reports.js';
import { askInterleaved, changingPolicy } from '../../node/test/interleaved.js';
import { expectNoHarmByLeaving } from '../../node/test/leaving-clients.js';
import { isSame, snapshot } from '../../node/test/prototypes.js';
import { cors } from '../src/index.js';
import {
  A,
  asked,
  corsApp,
  EVIL,
  inMemory,
  outcome,
  overSocket,
  POLICY,
  VERSIONS,
} from './policy.js';

noteReports();

describe.each(VERSIONS)('$name', ({ framework }) => {
  const { H3 } = framework;

  // Replies that h3 makes are changed, others are copied: both have to be kept apart.
  it.each(['h3', 'Response'])(
    'answers 1,000 interleaved requests over kept connections, reconfigured in between: %s',
    async (maker) => {
      const { policy, arrive } = changingPolicy<H3Event>(({ url }) => url.pathname);
      const app = new H3();
      app.use(({ context }) => {
        context['generation'] = arrive();
      });
      app.use(cors({ policy }));
      app.get('/**', ({ context, res, url }) => {
        const body = { generation: context['generation'] as number, path: url.pathname };
        if (maker !== 'h3') return Response.json(body, { headers: { Vary: 'Accept' } });
        res.headers.set('Vary', 'Accept');
        return body;
      });
      const { port } = await overSocket(app, framework);
      const { wrong, generations, sockets } = await askInterleaved(port);
      expect(wrong).toEqual([]);
      expect(generations).toBe(3);
      expect(sockets).toBeLessThanOrEqual(20);
    },
  );

  it('is not harmed by clients that go away', async () => {
    const waiting: (() => void)[] = [];
    let reached = 0;
    const policy = createCors<H3Event>({
      origin: (_, { url }) =>
        url.pathname !== '/gone' || new Promise((resolve) => waiting.push(() => resolve(true))),
    });
    const app = corsApp(framework, { policy });
    app.get('/**', ({ url }) => {
      if (url.pathname === '/gone') reached += 1;
      let isStarted = false;
      return new ReadableStream({
        async pull(controller) {
          if (!isStarted) controller.enqueue(new TextEncoder().encode('head and a part'));
          else if (url.pathname === '/stays') await sleep(50);
          if (isStarted) controller.close();
          isStarted = true;
        },
      });
    });
    const { port } = await overSocket(app, framework);
    await expectNoHarmByLeaving({ port, origin: A, waiting, reached: () => reached });
  });

  it('changes no prototype, and puts nothing new on the event', async () => {
    const app = new H3({ silent: true });
    const prototypes: object[] = [];
    const added: unknown[] = [];
    const middleware = cors(POLICY);
    app.use(async (event, next) => {
      if (prototypes.length === 0) {
        for (const object of [app, event, event.req, event.res]) {
          prototypes.push(Object.getPrototypeOf(object) as object);
        }
      }
      const [keys, config] = [Reflect.ownKeys(event), { ...app.config }];
      const reply = await middleware(event, next);
      // `event.res` is kept under a symbol of h3's, made when it is first asked for.
      added.push(Reflect.ownKeys(event).filter((key) => !keys.includes(key)));
      expect(app.config).toEqual(config);
      return reply;
    });
    app.get('/', () => 'x');
    app.get('/throw', () => {
      throw new Error('x');
    });
    const send = inMemory(app);
    await send('GET', '/', { origin: A });
    const before = snapshot(prototypes);
    const globals = Reflect.ownKeys(globalThis);
    expect(outcome(await send('GET', '/', { origin: A }))).toEqual([200, A, 'Origin']);
    expect(outcome(await send('GET', '/throw', { origin: A }))).toEqual([500, A, 'Origin']);
    await send('OPTIONS', '/', { origin: EVIL, ...asked });
    expect(isSame(snapshot(prototypes), before)).toBe(true);
    expect(added.flat().filter((key) => key !== Symbol.for('h3.internal.event.res'))).toEqual([]);
    expect(Reflect.ownKeys(globalThis)).toEqual(globals);
    expect(new Set(globals.filter((key) => String(key).includes('cors')))).toEqual(
      new Set([Symbol.for('@cors/fetch.inForce'), Symbol.for('@cors/node.commitments')]),
    );
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
      const app = new H3();
      app
        .use(first(POLICY))
        .use(second(POLICY))
        .use('/two', second({ origin: '*' }));
      app.get('/**', () => 'x');
      const send = inMemory(app);
      expect(outcome(await send('GET', '/', { origin: A }))).toEqual([200, A, 'Origin']);
      expect(outcome(await send('GET', '/two', { origin: A }))).toEqual([200, null, 'Origin']);
      const mixed = new H3({ silent: true }).use(second({ policy: createCors(POLICY) }));
      expect(outcome(await inMemory(mixed)('GET', '/', { origin: A }))).toEqual([404, A, 'Origin']);
    }
  });
});
