/** What this middleware reaches on `@hono/node-server` that it does not in memory, and elsewhere. */
import { setTimeout as sleep } from 'node:timers/promises';
import { etag } from 'hono/etag';
import { describe, expect, it, vi } from 'vitest';
import { cors } from '../src/index.js';
import { A, type App, EVIL, outcome, overSocket, POLICY, VERSIONS } from './policy.js';

vi.spyOn(console, 'error').mockImplementation(() => undefined);

describe.each(VERSIONS)('$name on @hono/node-server', ({ framework }) => {
  const TABLE: [string, (app: App) => unknown, readonly unknown[]][] = [
    [
      'Vary that is set anew further out',
      (app) => {
        app.use('*', async (context, next) => {
          await next();
          context.res.headers.set('Vary', 'Accept');
        });
        return app.use('*', cors(POLICY)).get('/', (context) => context.text('x'));
      },
      [200, 'Accept, Origin'],
    ],
    [
      'an error that is no Error',
      (app) => app.use('*', cors(POLICY)).get('/', () => Promise.reject('text')),
      [500, 'Origin'],
    ],
    [
      'an onError that throws',
      (app) => {
        app.onError((error) => {
          throw error;
        });
        return app.use('*', cors(POLICY)).get('/', () => Promise.reject(new Error('x')));
      },
      [500, 'Origin'],
    ],
    [
      'an onError that throws, where nothing else matched',
      (app) => {
        app.onError((error) => {
          throw error;
        });
        app.notFound(() => Promise.reject(new Error('x')));
        return app.use('*', cors(POLICY));
      },
      [500, 'Origin'],
    ],
    [
      'a time limit further out',
      (app) =>
        app
          .use('*', async (context, next) => {
            await Promise.race([next(), sleep(5)]);
            return context.text('late', 504);
          })
          .use('*', cors(POLICY))
          .get('/', async (context) => {
            await sleep(50);
            return context.text('x');
          }),
      [504, 'Origin'],
    ],
    [
      'a kept reply with a body, that is sent again',
      (app) => {
        let kept: Response | undefined;
        return app.use('*', cors(POLICY)).get('/', (context) => (kept ??= context.text('x')));
      },
      [200, 'Origin'],
    ],
  ];

  it.each(TABLE)('reaches %s', async (_, add, [status, vary]) => {
    const app: App = new framework();
    add(app);
    const send = await overSocket(app);
    for (let round = 0; round < 2; round += 1) {
      expect(outcome(await send('GET', '/', { origin: A }))).toEqual([status, A, vary]);
      expect(outcome(await send('GET', '/', { origin: EVIL }))).toEqual([status, null, vary]);
    }
  });

  it('reaches a 304 that is made further out', async () => {
    const app: App = new framework();
    app.use('*', etag(), cors(POLICY)).get('/', (context) => context.text('x'));
    const send = await overSocket(app);
    const tag = (await send('GET', '/', { origin: A })).headers.get('etag') ?? '';
    const again = await send('GET', '/', { origin: A, 'if-none-match': tag });
    expect(outcome(again)).toEqual([304, A, 'Origin']);
  });

  it('leaves the context and what it makes as they are', async () => {
    const seen: unknown[] = [];
    const app: App = new framework();
    app.use('*', async (context, next) => {
      seen.push(context.text);
      await next();
    });
    app.use('*', cors(POLICY)).get('/', (context) => {
      const reply = context.text('x');
      seen.push(context.text, reply);
      return reply;
    });
    const send = await overSocket(app);
    expect(outcome(await send('GET', '/', { origin: A }))).toEqual([200, A, 'Origin']);
    const [before, within, reply] = seen;
    expect(within).toBe(before);
    expect((reply as Response).headers.has('access-control-allow-origin')).toBe(false);
  });
});
