/** Many requests at once, clients that go away, and what is left of it in the program. */
import { createCors } from '@cors/core';
import type { Context } from 'hono';
import { stream } from 'hono/streaming';
import { describe, expect, it, vi } from 'vitest';
import { askInterleaved, changingPolicy } from '../../node/test/interleaved.js';
import { expectNoHarmByLeaving } from '../../node/test/leaving-clients.js';
import { isSame, snapshot } from '../../node/test/prototypes.js';
import { noteReports } from '../../conformance/test/targets/note-reports.js';
import { cors } from '../src/index.js';
import {
  A,
  type App,
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
  // Replies that the context makes are changed, others are copied: both have to be kept apart.
  it.each(['context', 'Response'])(
    'answers 1,000 interleaved requests over kept connections, reconfigured in between: %s',
    async (maker) => {
      const { policy, arrive } = changingPolicy<Context>(({ req }) => req.path);
      const app = new framework<{ Variables: { generation: number } }>();
      app.use('*', async (context, next) => {
        context.set('generation', arrive());
        await next();
      });
      app.use('*', cors({ policy }));
      app.get('*', (context) => {
        const body = { generation: context.get('generation'), path: context.req.path };
        const headers = { Vary: 'Accept' };
        return maker === 'context'
          ? context.json(body, 200, headers)
          : (Response.json(body, { headers }) as never);
      });
      const { port } = await overSocket(app);
      const { wrong, generations, sockets } = await askInterleaved(port);
      expect(wrong).toEqual([]);
      expect(generations).toBe(3);
      expect(sockets).toBeLessThanOrEqual(20);
    },
  );

  it('is not harmed by clients that go away', async () => {
    vi.spyOn(console, 'info').mockImplementation(() => undefined);
    const waiting: (() => void)[] = [];
    let reached = 0;
    const policy = createCors<Context>({
      origin: (_, { req }) =>
        req.path !== '/gone' || new Promise((resolve) => waiting.push(() => resolve(true))),
    });
    const app = corsApp(framework, { policy });
    app.get('*', (context) => {
      if (context.req.path === '/gone') reached += 1;
      return stream(context as never, async (to) => {
        await to.write('head and a part');
        if (context.req.path === '/stays') await new Promise((resolve) => setTimeout(resolve, 50));
      });
    });
    const { port } = await overSocket(app);
    await expectNoHarmByLeaving({ port, origin: A, waiting, reached: () => reached });
  });

  it('changes no prototype, and puts nothing new on the context', async () => {
    const app: App = new framework();
    const prototypes: object[] = [];
    const added: unknown[] = [];
    app.use('*', async (context, next) => {
      if (prototypes.length === 0) {
        for (const object of [app, context, context.req]) {
          prototypes.push(Object.getPrototypeOf(object) as object);
        }
      }
      const keys = Reflect.ownKeys(context);
      await cors(POLICY)(context as never, async () => {
        added.push(Reflect.ownKeys(context).filter((key) => !keys.includes(key)));
        await next();
      });
      added.push(Reflect.ownKeys(context).filter((key) => !keys.includes(key)));
    });
    app.get('/', (context) => context.text('x'));
    app.get('/throw', () => {
      throw new Error('x');
    });
    app.onError((_, context) => context.text('sorry', 500));
    const send = inMemory(app);
    await send('GET', '/', { origin: A });
    const before = snapshot(prototypes);
    const globals = Reflect.ownKeys(globalThis);
    expect(outcome(await send('GET', '/', { origin: A }))).toEqual([200, A, 'Origin']);
    expect(outcome(await send('GET', '/throw', { origin: A }))).toEqual([500, A, 'Origin']);
    await send('OPTIONS', '/', { origin: EVIL, ...asked });
    expect(isSame(snapshot(prototypes), before)).toBe(true);
    expect(added.flat()).toEqual([]);
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
      const app: App = new framework();
      app
        .use('*', first(POLICY))
        .use('*', second(POLICY))
        .use('/two', second({ origin: '*' }));
      app.get('*', (context) => context.text('x'));
      const send = inMemory(app);
      expect(outcome(await send('GET', '/', { origin: A }))).toEqual([200, A, 'Origin']);
      expect(outcome(await send('GET', '/two', { origin: A }))).toEqual([200, null, 'Origin']);
      const mixed: App = new framework();
      mixed.use('*', second({ policy: createCors(POLICY) }));
      expect(outcome(await inMemory(mixed)('GET', '/', { origin: A }))).toEqual([404, A, 'Origin']);
    }
  });
});
