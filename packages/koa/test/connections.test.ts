/** Many requests at once, clients that go away, and what is left of it in the program. */
import { createCors } from '@cors/core';
import type { Context } from 'koa';
import { describe, expect, it, vi } from 'vitest';
import { noteReports } from '../../conformance/test/targets/note-reports.js';
import { askInterleaved, changingPolicy } from '../../node/test/interleaved.js';
import { expectNoHarmByLeaving } from '../../node/test/leaving-clients.js';
import { isSame, snapshot } from '../../node/test/prototypes.js';
import { cors } from '../src/index.js';
import { A, asked, EVIL, outcome, POLICY, quietApp, start, VERSIONS } from './policy.js';

noteReports();

describe.each(VERSIONS)('$name', ({ framework }) => {
  it('answers 1,000 interleaved requests over kept connections, reconfigured in between', async () => {
    const { policy, arrive } = changingPolicy<Context>((context) => context.path);
    const app = new framework().use((context, next) => {
      context.state['generation'] = arrive();
      return next();
    });
    app.use(cors({ policy }));
    app.use((context) => {
      context.vary('Accept');
      context.body = { generation: context.state['generation'] as number, path: context.path };
    });
    const { port } = await start(app);
    const { wrong, generations, sockets } = await askInterleaved(port);
    expect(wrong).toEqual([]);
    expect(generations).toBe(3);
    expect(sockets).toBeLessThanOrEqual(20);
  });

  it('is not harmed by clients that go away', async () => {
    const waiting: (() => void)[] = [];
    let reached = 0;
    const policy = createCors<Context>({
      origin: (_, { path }) =>
        path !== '/gone' || new Promise((resolve) => waiting.push(() => resolve(true))),
    });
    const app = quietApp(framework, { policy }).use((context) => {
      if (context.path === '/gone') reached += 1;
      context.respond = false;
      context.res.write('head and a part');
      if (context.path !== '/stays') context.res.end();
    });
    const { port } = await start(app);
    await expectNoHarmByLeaving({ port, origin: A, waiting, reached: () => reached });
  });

  it('changes no prototype, and puts nothing on the context, the request or the response of Koa', async () => {
    const app = new framework();
    const others = [app, app.context, app.request, app.response].flatMap((object) => [
      object,
      Object.getPrototypeOf(object) as object,
    ]);
    const added: unknown[] = [];
    app.use(async (context, next) => {
      const objects = [context, context.request, context.response, context.req, context.res];
      const keys = objects.map((object) => Reflect.ownKeys(object));
      await cors(POLICY)(context, () => {
        const now = objects.map((object) => Reflect.ownKeys(object));
        added.push(now.map((each, index) => each.filter((key) => !keys[index]!.includes(key))));
        return next();
      });
    });
    app.use((context) => void (context.body = 'x'));
    const send = await start(app);
    await send('GET', '/', { origin: A });
    const before = snapshot(others);
    const globals = Reflect.ownKeys(globalThis);
    expect(outcome(await send('GET', '/', { origin: A }))).toEqual([200, [A], ['Origin']]);
    await send('OPTIONS', '/', { origin: EVIL, ...asked });
    expect(isSame(snapshot(others), before)).toBe(true);
    const own = ['writeHead', 'writeHeader', Symbol.for('@cors/node.commitment')];
    expect(added).toEqual(Array(2).fill([[], [], [], [], own]));
    expect(Reflect.ownKeys(globalThis)).toEqual(globals);
    expect(globals.filter((key) => String(key).includes('cors'))).toEqual([
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
      const app = new framework().use(first(POLICY)).use(second(POLICY));
      const open = second({ origin: '*' });
      app.use((context, next): unknown => (context.path === '/two' ? open(context, next) : next()));
      app.use((context) => void (context.body = 'x'));
      const send = await start(app);
      expect(outcome(await send('GET', '/', { origin: A }))).toEqual([200, [A], ['Origin']]);
      expect(outcome(await send('GET', '/two', { origin: A }))).toEqual([200, [], ['Origin']]);
      const mixed = await start(new framework().use(second({ policy: createCors(POLICY) })));
      expect(outcome(await mixed('GET', '/', { origin: A }))).toEqual([404, [A], ['Origin']]);
    }
  });
});
