/** Options, as Hono's users give them, and what the conformance suite cannot ask of Hono. */
import { applicationHeader, applicationRoutes, openLogBook } from '@cors/conformance';
import { createCors, type Decision } from '@cors/core';
import { cors as fetchCors } from '@cors/fetch';
import { cors as nodeCors } from '@cors/node';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { describe, expect, it, vi } from 'vitest';
import { lines, serve } from '../../node/test/server.js';
import { noteReports } from '../../conformance/test/targets/note-reports.js';
import { cors } from '../src/index.js';
import { addApplication } from './hono-application.js';
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

const reports = noteReports();

describe.each(VERSIONS)('$name', ({ framework }) => {
  it('has every route of the suite that it can have', async () => {
    const app: App = new framework();
    addApplication(app, { log: openLogBook(), isOnNode: true });
    const send = await overSocket(app);
    for (const { path, requires = '' } of applicationRoutes) {
      // These need not be marked, or never end well; raw heads go past Hono, see below.
      const others = ['error-handling', 'malformed-paths', 'log', 'write-head'];
      if (others.includes(requires) || path === '/error-after-head') continue;
      const reply = await send('GET', path.replace(':code', '201'));
      const expected = path.startsWith('/immutable') ? null : path;
      expect([path, reply.headers.get(applicationHeader)]).toEqual([path, expected]);
      await reply.arrayBuffer();
    }
  });

  describe('options', () => {
    it('are refused at start-up', () => {
      expect(() => cors({ origin: ['a.example'] as string[] })).toThrow('origin-scheme-missing');
      expect(() => cors(undefined as never)).toThrow("cors({ origin: '*' })");
    });

    it('give the predicate, the choice and the hook the context', async () => {
      const seen: unknown[] = [];
      const see = (what: string, { req, get }: Context): void => {
        seen.push([what, `${req.path} ${req.header('X-Tenant') ?? ''} ${String(get('user'))}`]);
      };
      const policy = createCors<Context>({
        origin: (_, context) => {
          see('origin', context);
          return true;
        },
      });
      const app = new framework<{ Variables: { user: string } }>();
      app.use('*', async (context, next) => {
        context.set('user', 'me');
        await next();
      });
      const choose = async (context: Context): Promise<typeof policy> => {
        see('policy', context);
        return policy;
      };
      const onDecision = (_: Decision, context: Context): void => see('onDecision', context);
      app.use('*', cors({ policy: choose, onDecision }));
      const reply = await inMemory(app)('GET', '/x', { origin: A, 'x-tenant': 't' });
      expect(outcome(reply)).toEqual([404, A, 'Origin']);
      expect(seen).toEqual(['policy', 'origin', 'onDecision'].map((what) => [what, '/x t me']));
    });

    it('choose one policy for a request and its preflight', async () => {
      const open = createCors({ origin: '*', methods: ['DELETE'] });
      const listed = createCors(POLICY);
      const policies: Record<string, typeof open | undefined> = { open, listed };
      const app = corsApp(framework, {
        policy: ({ req }) => policies[req.path.split('/')[1] ?? ''] ?? false,
      });
      app.all('/:policy/x', (context) => context.text('x'));
      const both = async (path: string): Promise<unknown[]> =>
        Promise.all(
          ['GET', 'OPTIONS'].map(async (method) =>
            outcome(await inMemory(app)(method, path, { origin: A, ...asked })),
          ),
        );
      expect(await both('/open/x')).toEqual([
        [200, '*', 'Origin'],
        [204, '*', 'Origin'],
      ]);
      expect(await both('/listed/x')).toEqual([
        [200, A, 'Origin'],
        [204, A, 'Origin'],
      ]);
      expect(await both('/other/x')).toEqual([
        [200, null, 'Origin'],
        [200, null, 'Origin'],
      ]);
    });

    it('that are different on one request grant nothing, and warn once', async () => {
      const app = corsApp(framework);
      app.use('/two', cors({ origin: '*' }));
      app.use('/same', cors(POLICY));
      app.get('*', (context) => context.text('x'));
      const send = inMemory(app);
      reports();
      for (let round = 0; round < 2; round += 1) {
        expect(outcome(await send('GET', '/two', { origin: A }))).toEqual([200, null, 'Origin']);
      }
      expect(outcome(await send('GET', '/same', { origin: A }))).toEqual([200, A, 'Origin']);
      expect(reports()).toEqual(['CORS_POLICY_CONFLICT']);
    });

    it('may be a policy that is reconfigured', async () => {
      const policy = createCors({ origin: A });
      const send = inMemory(corsApp(framework, { policy }));
      expect(outcome(await send('GET', '/', { origin: A }))).toEqual([404, A, 'Origin']);
      expect(() => policy.reconfigure({ origin: [] })).toThrow('origin-empty');
      expect(outcome(await send('GET', '/', { origin: A }))).toEqual([404, A, 'Origin']);
      policy.reconfigure({ origin: EVIL });
      expect(outcome(await send('GET', '/', { origin: A }))).toEqual([404, null, 'Origin']);
    });
  });

  it('decides anew when the same request is handled again', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const policy = createCors({ origin: A, methods: ['PUT'] });
    const app = corsApp(framework, { policy });
    app.get('/', (context) => context.text('x'));
    app.get('/throw', () => {
      throw new Error('thrown');
    });
    const whole: App = new framework();
    whole.route('/', app);
    whole.notFound(() => {
      throw new Error('thrown');
    });
    const headers = { origin: A, ...asked };
    const requests = ['GET /', 'OPTIONS /', 'GET /throw', 'GET /none'].map((line) => {
      const [method = '', path = ''] = line.split(' ');
      return new Request(`http://localhost${path}`, { method, headers });
    });
    const ask = async (): Promise<unknown> =>
      Promise.all(requests.map(async (request) => outcome(await whole.fetch(request))));
    expect(await ask()).toEqual([
      [200, A, 'Origin'],
      [204, A, 'Origin'],
      [500, A, 'Origin'],
      [500, A, 'Origin'],
    ]);
    policy.reconfigure({ origin: EVIL, methods: ['PUT'] });
    expect(await ask()).toEqual([
      [200, null, 'Origin'],
      [403, null, 'Origin'],
      [500, null, 'Origin'],
      [500, null, 'Origin'],
    ]);
  });

  describe('beside @cors/fetch', () => {
    const policies: [string, typeof POLICY | { origin: '*' }, string | null][] = [
      ['the same policy is harmless', POLICY, A],
      ['a different one is a conflict', { origin: '*' }, null],
    ];

    it.each(policies)('further out, %s', async (_, outer, allowed) => {
      const app = corsApp(framework);
      app.get('/', (context) => context.text('x'));
      const withCors = fetchCors(outer as { origin: string });
      const send = inMemory({ fetch: withCors((request) => app.fetch(request)) });
      expect(outcome(await send('GET', '/', { origin: A }))).toEqual([200, allowed, 'Origin']);
    });

    it.each(policies)('further in, %s', async (_, inner, allowed) => {
      const app = corsApp(framework);
      const handler = fetchCors(inner as { origin: string })(() => new Response('x'));
      app.all('/handler', (context) => handler(context.req.raw));
      // What takes its place is younger than the oldest version.
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      app.mount('/mounted', handler, { replaceRequest: (request: Request) => request } as never);
      const send = inMemory(app);
      // The option is younger than the oldest version.
      for (const path of framework === Hono ? ['/handler', '/mounted'] : ['/handler']) {
        expect(outcome(await send('GET', path, { origin: A }))).toEqual([200, allowed, 'Origin']);
      }
    });
  });

  it('covers routers and mounted applications, or a part of the application', async () => {
    const api = new framework();
    api.get('/x', (context) => {
      context.header('Vary', 'Accept');
      return context.text('x');
    });
    api.get('/throw', () => {
      throw new Error('x');
    });
    api.onError((_, context) => context.text('sorry', 503));
    const front = corsApp(framework).route('/api', api);
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    front.mount('/other', () => new Response('x', { headers: { Vary: 'Accept' } }));
    const own = new framework();
    own.route('/api', corsApp(framework).route('/', api)).get('/x', (context) => context.text('x'));
    for (const app of [front, own] as unknown as App[]) {
      const send = inMemory(app);
      const headers = { origin: A, ...asked };
      expect(outcome(await send('GET', '/api/x', headers))).toEqual([200, A, 'Accept, Origin']);
      expect(outcome(await send('GET', '/api/throw', headers))).toEqual([503, A, 'Origin']);
      expect(outcome(await send('GET', '/api/none', headers))).toEqual([404, A, 'Origin']);
      expect(outcome(await send('OPTIONS', '/api/x', headers))).toEqual([204, A, 'Origin']);
    }
    const mounted = await inMemory(front)('GET', '/other/x', { origin: A });
    expect(outcome(mounted)).toEqual([200, A, 'Accept, Origin']);
    expect(outcome(await inMemory(own as never)('GET', '/x', { origin: A }))).toEqual([
      200,
      null,
      null,
    ]);
  });

  it('is passed by what middleware further out does to Vary, and by @cors/fetch not', async () => {
    const app: App = new framework();
    app.use('*', async (context, next) => {
      await next();
      context.res.headers.set('Vary', 'Accept');
    });
    app.use('*', cors(POLICY)).get('/', (context) => context.text('x'));
    expect(outcome(await inMemory(app)('GET', '/', { origin: A }))).toEqual([200, A, 'Accept']);
    const fetch = fetchCors(POLICY)((request) => app.fetch(request));
    expect(outcome(await inMemory({ fetch })('GET', '/', { origin: A }))).toEqual([
      200,
      A,
      'Accept, Origin',
    ]);
  });
});

describe('why the targets lack something: Hono without us', () => {
  /** Written before `@hono/node-server` replaces the global class, as its own constant is. */
  const alreadySent = new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
  const raw = (context: Context<{ Bindings: Partial<HttpBindings> }>): Response => {
    const { outgoing } = context.env;
    outgoing?.writeHead(202, { 'X-Raw': '1', Vary: 'Accept' });
    setTimeout(() => outgoing?.end('raw'), 5);
    return alreadySent;
  };

  it('sends what is written to the response of Node, and nothing of its own reply', async () => {
    const app: App = new Hono();
    app.use('*', async (context, next) => {
      await next();
      context.res.headers.set('X-Middleware', '1');
    });
    const { status, headers } = await (await overSocket(app.get('/', raw)))('GET', '/');
    expect([status, headers.get('x-raw'), headers.get('x-middleware')]).toEqual([202, '1', null]);
  });

  it('does so behind us too, and there it is covered, as it is behind @cors/node', async () => {
    const app: App = new Hono();
    app.get('/', raw).get('/hono', (context) => context.text('x'));
    const behindUs = getRequestListener(corsApp(Hono).route('/', app).fetch);
    const alone = getRequestListener(app.fetch);
    const handleCors = nodeCors(POLICY);
    for (const send of [
      await serve((request, response) => void behindUs(request, response)),
      await serve((request, response) => {
        if (!handleCors(request, response)) void alone(request, response);
      }),
    ]) {
      for (const [path, status, vary, body] of [
        ['/', 202, 'Accept, Origin', 'raw'],
        ['/hono', 200, 'Origin', 'x'],
      ] as const) {
        const reply = await send('GET', path, { origin: A });
        expect([reply.status, reply.body]).toEqual([status, expect.stringContaining(body)]);
        expect(lines(reply, 'access-control-allow-origin')).toEqual([A]);
        expect(lines(reply, 'vary')).toEqual([vary]);
      }
    }
  });

  it('leaves what is written past Hono alone where a middleware has replaced the request', async () => {
    const app: App = new Hono();
    app.use('*', async (context, next) => {
      context.req.raw = new Request(context.req.raw);
      await next();
    });
    app.use('*', cors(POLICY)).get('/', raw);
    const reply = await (await overSocket(app))('GET', '/', { origin: A });
    expect([...outcome(reply), await reply.text()]).toEqual([202, null, 'Accept', 'raw']);
  });

  it('has no error handling for what is no Error', async () => {
    const app = new Hono();
    const onError = vi.fn(() => new Response('handled', { status: 500 }));
    app.onError(onError);
    app.get('/', () => Promise.reject('a string'));
    await expect(inMemory(app as never)('GET', '/')).rejects.toBe('a string');
    expect(onError).not.toHaveBeenCalled();
  });
});
