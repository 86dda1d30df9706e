/** Replies in the forms that Hono has, beyond those of the conformance suite. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCors } from '@cors/core';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Context, Handler, MiddlewareHandler } from 'hono';
import { Hono } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { bodyLimit } from 'hono/body-limit';
import { setCookie, setSignedCookie } from 'hono/cookie';
import { etag } from 'hono/etag';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { stream, streamSSE, streamText } from 'hono/streaming';
import { timeout } from 'hono/timeout';
import { afterAll, describe, expect, it } from 'vitest';
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
  type Served,
  VERSIONS,
} from './policy.js';

const reports = noteReports();
const ownPolicy = createCors(POLICY);

const folder = mkdtempSync(join(tmpdir(), 'cors-hono-'));
writeFileSync(join(folder, 'page.txt'), '0123456789');
afterAll(() => rmSync(folder, { recursive: true }));

const WAYS = [
  ['in memory', async (app: Served) => inMemory(app)] as const,
  ['over a socket', overSocket] as const,
];

/** Holds replies back, so that as many requests as are asked for get that far before the first leaves. */
function heldReplies(): {
  readonly hold: MiddlewareHandler;
  readonly release: (count: number) => Promise<void>;
} {
  const waiting: (() => void)[] = [];
  return {
    hold: async (_, next) => {
      await next();
      await new Promise<void>((resolve) => waiting.push(resolve));
    },
    release: async (count) => {
      await expect.poll(() => waiting.length).toBe(count);
      for (const resolve of waiting) resolve();
    },
  };
}

describe.each(VERSIONS)('$name', ({ framework }) => {
  describe.each(WAYS)('%s', (_, way) => {
    it.each<[string, Handler, number]>([
      ['text', (context) => context.text('x'), 200],
      ['JSON', (context) => context.json({ a: 1 }), 200],
      ['HTML', (context) => context.html('<p>'), 200],
      ['HTML later', (context) => context.html(Promise.resolve('<p>')), 200],
      ['a body', (context) => context.body('x', 201, { Vary: 'Accept' }), 201],
      ['no body', (context) => context.body(null, 204), 204],
      ['render', (context) => context.render('x'), 200],
      ['a redirect', (context) => context.redirect('/y'), 302],
      ['not found', (context) => context.notFound(), 404],
      ['a stream', (context) => stream(context, (to) => to.write('x') as Promise<never>), 200],
      ['text in a stream', (context) => streamText(context, (to) => to.writeln('x') as never), 200],
      [
        'server-sent events',
        (context) => streamSSE(context, (to) => to.writeSSE({ data: '1' })),
        200,
      ],
      ['a Response', () => new Response('x', { headers: { Vary: 'Accept' } }), 200],
      ['a Response of JSON', async () => Response.json({}, { status: 422 }), 422],
      ['an immutable redirect', () => Response.redirect('http://localhost/y'), 302],
      ['a fetched Response', async () => fetch('data:text/plain,x'), 200],
      [
        'a reply set, not returned',
        (context: Context) => {
          context.res = new Response('x', { headers: { Vary: 'Accept' } });
        },
        200,
      ],
      [
        'a reply with our fields',
        (context) => {
          context.header('Access-Control-Allow-Origin', '*');
          context.header('Access-Control-Allow-Methods', 'GET');
          return context.text('x');
        },
        200,
      ],
      [
        'cookies',
        async (context) => {
          setCookie(context, 'a', '1');
          await setSignedCookie(context, 'b', '2', 'secret');
          return context.text('x');
        },
        200,
      ],
    ])('%s', async (__, handler, status) => {
      const send = await way(corsApp(framework).get('/', handler as never));
      for (const method of ['GET', 'HEAD']) {
        for (const origin of [A, EVIL]) {
          const reply = await send(method, '/', { origin });
          const [code, allowOrigin, vary] = outcome(reply);
          expect([code, allowOrigin]).toEqual([status, origin === A ? A : null]);
          expect(vary).toMatch(/\bOrigin$/);
          expect(reply.headers.get('access-control-allow-methods')).toBeNull();
          await reply.arrayBuffer();
        }
      }
    });

    it('JSON that is null', async () => {
      const app = corsApp(framework).get('/', (context) => context.json(null));
      const reply = await (await way(app))('GET', '/', { origin: A });
      expect([...outcome(reply), await reply.text()]).toEqual([200, A, 'Origin', 'null']);
    });

    it('one of two replies, and one of neither', async () => {
      const app = corsApp(framework)
        .get('/first', (context) => {
          const first = context.text('first');
          context.text('second');
          return first;
        })
        .get('/immutable', (context) => {
          context.text('unused');
          return Response.redirect('https://elsewhere.example/');
        });
      const send = await way(app);
      const first = await send('GET', '/first', { origin: A });
      expect([...outcome(first), await first.text()]).toEqual([200, A, 'Origin', 'first']);
      expect(outcome(await send('GET', '/immutable', { origin: A }))).toEqual([302, A, 'Origin']);
    });

    it('middleware further in that touches the reply before and after', async () => {
      const app = corsApp(framework);
      app.use('*', async (context, next) => {
        context.res.headers.set('X-Before', '1');
        context.header('X-Prepared', '1');
        await next();
        context.header('X-After', '1');
        context.header('Vary', 'Cookie', { append: true });
      });
      app.get('/', () => new Response('x', { headers: { Vary: 'Accept' } }));
      const { status, headers } = await (await way(app))('GET', '/', { origin: A });
      expect([status, headers.get('access-control-allow-origin')]).toEqual([200, A]);
      expect(headers.get('vary')).toBe('Accept, Cookie, Origin');
      expect(['x-before', 'x-after'].map((name) => headers.get(name))).toEqual(['1', '1']);
    });

    it('preflights carry what middleware further out has set', async () => {
      const app: App = new framework();
      app.use('*', async (context, next) => {
        context.header('X-Prepared', '1');
        if (context.req.path === '/touched') context.res.headers.append('Vary', 'Cookie');
        await next();
      });
      app.use('*', cors({ ...POLICY, optionsSuccessStatus: 200 }));
      const send = await way(app.all('*', (context) => context.text('not reached')));
      for (const [path, vary] of [
        ['/', 'Origin'],
        ['/touched', 'Cookie, Origin'],
      ] as const) {
        const reply = await send('OPTIONS', path, { origin: A, ...asked });
        expect([...outcome(reply), await reply.text()]).toEqual([200, A, vary, '']);
        expect(reply.headers.get('access-control-allow-methods')).toBe('PUT');
        expect([reply.headers.get('x-prepared'), reply.headers.get('content-length')]).toEqual([
          '1',
          '0',
        ]);
        const denied = await send('OPTIONS', path, { origin: EVIL, ...asked });
        expect(outcome(denied)).toEqual([403, null, vary]);
      }
    });

    it('preflights have one length, whatever middleware further out has set', async () => {
      const app: App = new framework();
      app.use('*', async (context, next) => {
        const fields = { 'Content-Length': '5', 'Transfer-Encoding': 'chunked' };
        for (const [name, value] of Object.entries(fields)) {
          if (context.req.path === '/touched') context.res.headers.set(name, value);
          else context.header(name, value);
        }
        await next();
      });
      const send = await way(app.use('*', cors(POLICY)));
      for (const path of ['/', '/touched']) {
        const lengths = await Promise.all(
          [A, EVIL].map(async (origin) => {
            const { headers } = await send('OPTIONS', path, { origin, ...asked });
            return [headers.get('content-length'), headers.get('transfer-encoding')];
          }),
        );
        expect(lengths).toEqual([
          [null, null],
          ['0', null],
        ]);
      }
    });

    it('an allowed preflight may be continued, any other OPTIONS is the application’s', async () => {
      const app = corsApp(framework, { ...POLICY, preflightContinue: true });
      app.options('/x', (context) => context.text('mine', 299 as 200));
      const send = await way(app);
      const reply = await send('OPTIONS', '/x', { origin: A, ...asked });
      expect([...outcome(reply), reply.headers.get('access-control-allow-methods')]).toEqual([
        299,
        A,
        'Origin',
        'PUT',
      ]);
      expect((await send('OPTIONS', '/x', { origin: EVIL, ...asked })).status).toBe(403);
      const plain = await way(corsApp(framework).options('/x', (context) => context.text('mine')));
      expect(await (await plain('OPTIONS', '/x', { origin: A })).text()).toBe('mine');
      expect(await (await plain('OPTIONS', '/x', asked)).text()).toBe('mine');
    });
  });

  // A copy would be right too, but `@hono/node-server` is far slower at sending it.
  it.each<[string, (context: Context) => Response | Promise<Response>]>([
    ['text', (context) => context.text('x')],
    ['json', (context) => context.json({})],
    ['html', (context) => context.html('x')],
    ['body', (context) => context.body('x')],
    ['newResponse', (context) => context.newResponse('x')],
    ['notFound', (context) => context.notFound()],
  ])('does not copy what the context made: %s', async (_, make) => {
    const made: unknown[] = [];
    const app = corsApp(framework).get('/', async (context) => {
      const reply = await make(context);
      made.push(reply);
      return reply;
    });
    const reply = await inMemory(app)('GET', '/', { origin: A });
    expect(reply.headers.get('access-control-allow-origin')).toBe(A);
    expect(made).toEqual([expect.toSatisfy((each) => each === reply)]);
  });

  // Its copy has no stream either; one made by way of `body` would be sent the slow way.
  it.each<[string, (context: Context) => Response]>([
    ['redirect', (context) => context.redirect('/y')],
    ['body', (context) => context.body(null, 204)],
  ])('copies what has no body, without asking for it: %s', async (_, make) => {
    const made: Response[] = [];
    const app = corsApp(framework).get('/', (context) => {
      const reply = make(context);
      made.push(Object.defineProperty(reply, 'body', { get: () => expect.fail('asked for it') }));
      return reply;
    });
    const { status, headers } = await inMemory(app)('GET', '/', { origin: A });
    expect(headers.get('access-control-allow-origin')).toBe(A);
    expect([made[0]?.status, made[0]?.headers.has('access-control-allow-origin')]).toEqual([
      status,
      false,
    ]);
  });

  describe.each(WAYS)('a reply of the context that is kept, %s', (_, way) => {
    const KEPT: [string, (context: Context) => Response | Promise<Response>][] = [
      ['a redirect', (context) => context.redirect('/login')],
      ['no body', (context) => context.body(null, 204, { Vary: 'Accept' })],
      ['JSON', (context) => context.json({}, 200, { Vary: 'Accept' })],
      ['text', (context) => context.text('x')],
    ];
    // In memory, as without us, the first that reads a body uses it up; these here read none.
    it.each(KEPT)('shows no request what another was granted: %s', async (__, make) => {
      const app = corsApp(framework, {
        policy: ({ req }) => (req.path === '/none' ? false : ownPolicy),
      });
      let kept: Response | Promise<Response> | undefined;
      app.get('*', (context) => (kept ??= make(context)) as Response);
      const send = await way(app);
      const { status, headers } = await send('GET', '/', { origin: A });
      const vary = headers.get('vary');
      const replies = [
        ['/none', A, null],
        ['/', EVIL, null],
        ['/', A, A],
        ['/none', EVIL, null],
      ] as const;
      reports();
      for (const [path, origin, allowed] of replies) {
        const reply = await send('GET', path, { origin });
        expect([path, ...outcome(reply)]).toEqual([path, status, allowed, vary]);
        expect(reply.headers.get('access-control-allow-credentials')).toBe(allowed && 'true');
      }
      expect(reports()).toEqual([]);
    });
  });

  it('leaves a reply that is kept the names that its handler exposes', async () => {
    const app = corsApp(framework, {
      policy: ({ req }) => (req.path === '/none' ? false : ownPolicy),
    });
    const headers = { 'Access-Control-Expose-Headers': 'X-Total' };
    let kept: Response | undefined;
    app.get('*', (context) => (kept ??= context.text('x', 200, headers)));
    const send = inMemory(app);
    const exposed = [];
    for (const [path, origin] of [
      ['/', A],
      ['/', A],
      ['/', EVIL],
      ['/none', EVIL],
      ['/', A],
    ] as const) {
      const reply = await send('GET', path, { origin });
      exposed.push(reply.headers.get('access-control-expose-headers'));
    }
    expect(exposed).toEqual(['X-Total', 'X-Total', null, 'X-Total', 'X-Total']);
  });

  // `@hono/node-server` makes no copy of them: what is set on one such reply is on all.
  describe.each(WAYS)('headers that several replies are made with, %s', (_, way) => {
    it.each<[string, (headers: Headers, context: Context) => Response]>([
      ['by a handler', (headers) => new Response('{}', { headers })],
      ['by a handler, without a body', (headers) => new Response(null, { headers })],
      ['by the context', (headers, context) => context.newResponse('{}', { headers })],
    ])('stay as they are: %s', async (__, make) => {
      const shared = new Headers({ 'Content-Type': 'application/json', Vary: 'Accept' });
      const app: App = new framework();
      const { hold, release } = heldReplies();
      app.use('*', hold);
      app.use('/cors/*', cors({ policy: ownPolicy }));
      app.get('*', (context) => make(shared, context));
      const send = await way(app);
      const replies = Promise.all([
        send('GET', '/cors/x', { origin: A }),
        send('GET', '/cors/x', { origin: EVIL }),
        send('GET', '/none', { origin: A }),
      ]);
      await release(3);
      const grants = (await replies).map(({ headers }) =>
        headers.get('access-control-allow-origin'),
      );
      expect(grants).toEqual([A, null, null]);
      expect([...shared]).toEqual([
        ['content-type', 'application/json'],
        ['vary', 'Accept'],
      ]);
    });
  });

  it('leaves what a mounted application granted for this very request', async () => {
    const inner = corsApp(framework).get('/x', (context) => context.text('x'));
    const app = corsApp(framework, { policy: () => false });
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    app.mount('/mounted', inner.fetch as never);
    for (let round = 0; round < 2; round += 1) {
      const reply = await inMemory(app)('GET', '/mounted/x', { origin: A });
      expect([...outcome(reply), await reply.text()]).toEqual([200, A, 'Origin', 'x']);
    }
  });

  it('leaves a Response that is given to several requests as it is', async () => {
    const shared = new Response(null, { headers: { Vary: 'Accept' } });
    const app = corsApp(framework, {
      policy: ({ req }) => (req.path === '/none' ? false : ownPolicy),
    });
    const outer: App = new framework();
    const { hold, release } = heldReplies();
    outer.use('*', hold);
    app.get('*', () => shared);
    const send = inMemory(outer.route('/', app));
    const replies = Promise.all([
      send('GET', '/', { origin: A }),
      send('GET', '/', { origin: EVIL }),
      send('GET', '/none', { origin: A }),
    ]);
    await release(3);
    expect((await replies).map(outcome)).toEqual([
      [200, A, 'Accept, Origin'],
      [200, null, 'Accept, Origin'],
      [200, null, 'Accept, Origin'],
    ]);
    expect([...shared.headers]).toEqual([['vary', 'Accept']]);
  });

  it('leaves upgrades alone, and passes a body on unread', async () => {
    const upgrade = Object.defineProperty(new Response(null), 'status', { value: 101 });
    const pulled: number[] = [];
    const body = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          pulled.push(1);
          controller.enqueue(new TextEncoder().encode('x'));
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const app = corsApp(framework);
    app.get('/upgrade', () => upgrade).get('/body', () => new Response(body));
    const send = inMemory(app);
    const upgraded = await send('GET', '/upgrade', { origin: A });
    expect([upgraded === upgrade, [...upgraded.headers]]).toEqual([true, []]);
    const reply = await send('GET', '/body', { origin: A });
    expect([pulled, ...outcome(reply)]).toEqual([[], 200, A, 'Origin']);
    expect(await reply.text()).toBe('x');
  });

  it('warns once, by name, of a field that had to give way', async () => {
    const app = corsApp(framework).get('/', (context) => {
      context.header('Access-Control-Allow-Headers', '*');
      return context.text('x');
    });
    reports();
    await inMemory(app)('GET', '/', { origin: A });
    await inMemory(app)('GET', '/', { origin: A });
    expect(reports()).toEqual(['CORS_HEADER_REPLACED']);
  });
});

describe('the middleware of Hono', () => {
  it.each<[string, (app: App) => unknown, RequestInit & { path?: string }, number]>([
    ['basicAuth', (app) => app.use(basicAuth({ username: 'a', password: 'b' })), {}, 401],
    [
      'bodyLimit',
      (app) => app.use(bodyLimit({ maxSize: 2 })),
      { method: 'POST', body: 'too long' },
      413,
    ],
    ['methodNotAllowed', (app) => app.use(methodNotAllowed({ app })), { method: 'DELETE' }, 405],
    ['timeout', (app) => app.use('/slow', timeout(5)), { path: '/slow' }, 504],
    ['a validator', (app) => app, { method: 'PUT', path: '/validated' }, 415],
  ])('%s: %s', async (_, use, { path = '/', ...init }, status) => {
    const app = corsApp(Hono);
    use(app);
    app.get('/', (context) => context.text('x'));
    app.post('/', async (context) => context.text(await context.req.text()));
    app.get('/slow', async (context) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return context.text('x');
    });
    app.put('/validated', (context) => context.text('unsupported', 415));
    const { port } = await overSocket(app);
    for (const origin of [A, EVIL]) {
      const headers = { origin };
      const reply = await fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers });
      expect(outcome(reply)).toEqual([status, origin === A ? A : null, 'Origin']);
    }
  });

  it('serveStatic and etag: files, parts, what is missing, what is not modified', async () => {
    const app = corsApp(Hono)
      .use('*', etag())
      .use('*', serveStatic({ root: folder }));
    const send = await overSocket(app);
    const whole = await send('GET', '/page.txt', { origin: A });
    expect([...outcome(whole), await whole.text()]).toEqual([200, A, 'Origin', '0123456789']);
    const part = await send('GET', '/page.txt', { origin: A, range: 'bytes=0-3' });
    expect([...outcome(part), await part.text()]).toEqual([206, A, 'Origin', '0123']);
    expect(outcome(await send('HEAD', '/page.txt', { origin: A }))).toEqual([200, A, 'Origin']);
    expect(outcome(await send('GET', '/none.txt', { origin: A }))).toEqual([404, A, 'Origin']);
    const match = { 'if-none-match': whole.headers.get('etag')! };
    for (const origin of [A, EVIL]) {
      const reply = await send('GET', '/page.txt', { origin, ...match });
      expect(outcome(reply)).toEqual([304, origin === A ? A : null, 'Origin']);
    }
  });
});
