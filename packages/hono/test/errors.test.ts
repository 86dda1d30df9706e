/** Errors: Hono makes the reply to one further in, or further out, with the application's handler. */
import type { Context, ErrorHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { describe, expect, it, vi } from 'vitest';
import { noteReports } from '../../conformance/test/targets/note-reports.js';
import { cors } from '../src/index.js';
import {
  A,
  type App,
  asked,
  corsApp,
  type Framework,
  inMemory,
  outcome,
  overSocket,
  POLICY,
  type Served,
  VERSIONS,
} from './policy.js';

noteReports();

/** Error handlers, in every way in which Hono lets them reply; and the `Vary` they ask for. */
const HANDLERS: readonly (readonly [string, ErrorHandler | undefined, string])[] = [
  ["Hono's own", undefined, 'Origin'],
  ['one that uses the context', (_, context) => context.text('sorry', 500), 'Origin'],
  [
    'one that sets headers, ours too',
    (_, context) => {
      context.header('Vary', 'Cookie');
      context.header('Access-Control-Allow-Origin', '*');
      return context.json({ sorry: true }, 500);
    },
    'Cookie, Origin',
  ],
  ['one that returns a Response', () => new Response('sorry', { status: 500 }), 'Origin'],
  [
    'one that returns a Response with headers, ours too',
    async () => {
      const headers = { Vary: 'Cookie', 'Access-Control-Allow-Origin': '*' };
      return new Response('sorry', { status: 500, headers });
    },
    'Cookie, Origin',
  ],
  ['one whose Response is shared', () => shared, 'Origin'],
];
const shared = Object.freeze(new Response(null, { status: 500 }));
const PREDICATES = [
  [
    'throws',
    () => {
      throw new Error('boom');
    },
  ],
  ['rejects', async () => Promise.reject(new Error('boom'))],
] as const;
const WAYS = [
  ['in memory', async (app: Served) => inMemory(app)] as const,
  ['over a socket', overSocket] as const,
];

/** An application in which several handlers match `/several`, and only ours matches another path. */
function failing(framework: Framework, handler: ErrorHandler | undefined, app: App): App {
  const whole: App = new framework();
  whole.route('/', app);
  if (handler !== undefined) whole.onError(handler);
  return whole;
}

describe.each(VERSIONS)('$name', ({ framework }) => {
  describe.each(WAYS)('%s', (_, way) => {
    describe.each(HANDLERS)('the error handler is %s', (__, handler, vary) => {
      it.each(PREDICATES)('a predicate that %s', async (___, origin) => {
        vi.spyOn(console, 'error').mockImplementation(() => undefined);
        const app = corsApp(framework, { origin });
        const reached = vi.fn((context: Context) => context.text('not reached'));
        app.all('/several', reached);
        const send = await way(failing(framework, handler, app));
        for (const path of ['/several', '/alone']) {
          for (const method of ['GET', 'OPTIONS', 'HEAD']) {
            const reply = await send(method, path, { origin: A, ...asked });
            expect([method, path, ...outcome(reply)]).toEqual([method, path, 500, null, vary]);
          }
        }
        expect(reached).not.toHaveBeenCalled();
      });

      it('a handler, and `notFound`, that throw', async () => {
        vi.spyOn(console, 'error').mockImplementation(() => undefined);
        const app = corsApp(framework);
        app.get('/several', () => {
          throw new Error('x');
        });
        app.use('/middleware', (___, next) => next());
        const whole = failing(framework, handler, app);
        whole.notFound(() => {
          throw new Error('x');
        });
        const send = await way(whole);
        for (const path of ['/several', '/middleware', '/alone']) {
          const reply = await send('GET', path, { origin: A });
          expect([path, ...outcome(reply)]).toEqual([path, 500, A, vary]);
        }
      });
    });

    it('the error of a predicate is the application’s to see', async () => {
      const boom = new Error('boom');
      const seen: unknown[] = [];
      const app = corsApp(framework, { origin: async () => Promise.reject(boom) });
      app.onError((error, context) => {
        seen.push(error);
        return context.text('sorry', 503);
      });
      const send = await way(app);
      const reply = await send('GET', '/', { origin: A });
      expect([...outcome(reply), await reply.text()]).toEqual([503, null, 'Origin', 'sorry']);
      expect(seen).toEqual([boom]);
    });

    it('an HTTPException with a Response of its own, from `notFound`', async () => {
      const app = corsApp(framework);
      app.notFound(() => {
        throw new HTTPException(404, { res: Response.json({ missing: true }, { status: 404 }) });
      });
      app.onError((error) => (error as HTTPException).getResponse());
      const reply = await (await way(app))('GET', '/', { origin: A });
      expect([...outcome(reply), await reply.json()]).toEqual([
        404,
        A,
        'Origin',
        { missing: true },
      ]);
    });

    it('one in a part of the application with its own handler', async () => {
      const api = corsApp(framework, { origin: () => Promise.reject(new Error('x')) });
      api.get('/x', (context) => context.text('not reached'));
      api.onError(() => new Response('sorry', { status: 503 }));
      const app: App = new framework();
      const send = await way(app.route('/api', api));
      expect(outcome(await send('GET', '/api/x', { origin: A }))).toEqual([503, null, 'Origin']);
      expect(outcome(await send('GET', '/api/none', { origin: A }))).toEqual([503, null, 'Origin']);
    });

    it('an error handler that fails, and one further out that does not', async () => {
      const app: App = new framework();
      app.use('*', async (__, next) => next());
      app.use('*', cors(POLICY)).get('/', () => {
        throw new Error('first');
      });
      let calls = 0;
      app.onError(() => {
        calls += 1;
        if (calls < 3) throw new Error('again');
        return new Response('sorry', { status: 500 });
      });
      const reply = await (await way(app))('GET', '/', { origin: A });
      expect([calls, ...outcome(reply)]).toEqual([3, 500, A, 'Origin']);
    });

    it('a Response whose body was read before', async () => {
      vi.spyOn(console, 'error').mockImplementation(() => undefined);
      const read = new Response('x');
      await read.text();
      const send = await way(corsApp(framework).get('/', () => read));
      expect(outcome(await send('GET', '/', { origin: A }))).toEqual([500, A, 'Origin']);
    });

    it('a handler that replies with nothing', async () => {
      vi.spyOn(console, 'error').mockImplementation(() => undefined);
      const app = corsApp(framework).get('/', (() => undefined) as never);
      const send = await way(app);
      expect(outcome(await send('GET', '/', { origin: A }))).toEqual([500, A, 'Origin']);
    });
  });

  it('leaves the context and what it returns to Hono as they were for whoever awaits', async () => {
    const middleware = cors({ origin: () => Promise.reject(new Error('boom')) });
    const app: App = new framework();
    const caught: unknown[] = [];
    app.use('*', async (context, next) => {
      const done = Promise.resolve(middleware(context as never, next));
      await done.catch((error: unknown) => caught.push(error));
      await done.then(undefined, (error: unknown) => caught.push(error));
      await done.finally(() => caught.push('finally')).catch(() => undefined);
      return context.text('mine');
    });
    app.get('/', (context) => context.text('not reached'));
    const reply = await inMemory(app)('GET', '/', { origin: A });
    expect([await reply.text(), ...outcome(reply)]).toEqual(['mine', 200, null, 'Origin']);
    const boom = expect.objectContaining({ message: 'boom' }) as unknown;
    expect(caught).toEqual([boom, boom, 'finally']);
  });
});
