/** Options, as Koa's users give them, and what the conformance suite cannot ask of Koa. */
import { get } from 'node:http';
import { applicationHeader, applicationRoutes, openLogBook } from '@cors/conformance';
import { createCors, type Decision } from '@cors/core';
import Koa, { type Context } from 'koa';
import mount from 'koa-mount';
import { describe, expect, it } from 'vitest';
import { noteReports } from '../../conformance/test/targets/note-reports.js';
import { listenHttp1 } from '../../conformance/test/targets/listening.js';
import { cors } from '../src/index.js';
import { koaApplication } from './koa-application.js';
import {
  A,
  asked,
  EVIL,
  listenerOf,
  outcome,
  POLICY,
  quietApp,
  start,
  startHttp2,
  VERSIONS,
} from './policy.js';

const reports = noteReports();

describe.each(VERSIONS)('$name', ({ name, framework }) => {
  const takesResponses = name === 'Koa 3';

  it('has every route of the suite that it can have', async () => {
    const app = new framework().use(koaApplication({ log: openLogBook() }, takesResponses));
    app.silent = true;
    const { port } = await start(app);
    for (const { path, requires = '' } of applicationRoutes) {
      // These need not be marked, are not, or never end well.
      const others = ['error-handling', 'malformed-paths', 'log'];
      if (others.includes(requires) || path === '/error-after-head') continue;
      const url = `http://127.0.0.1:${port}${path.replace(':code', '201')}`;
      const reply = await fetch(url, { redirect: 'manual' });
      const expected = path.startsWith('/immutable') ? null : path;
      const isThere = requires !== 'response-objects' || takesResponses;
      expect([path, reply.headers.get(applicationHeader)]).toEqual([
        path,
        isThere ? expected : 'unknown',
      ]);
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
      const see = (what: string, context: Context): void => {
        seen.push([
          what,
          `${context.path} ${context.get('X-Tenant')} ${String(context.state.user)}`,
        ]);
      };
      const policy = createCors<Context>({
        origin: (_, context) => {
          see('origin', context);
          return true;
        },
      });
      const app = new framework();
      app.use((context, next) => {
        context.state['user'] = 'me';
        return next();
      });
      const choose = async (context: Context): Promise<typeof policy> => {
        see('policy', context);
        return policy;
      };
      const onDecision = (_: Decision, context: Context): void => see('onDecision', context);
      app.use(cors({ policy: choose, onDecision }));
      const send = await start(app);
      const reply = await send('GET', '/x', { origin: A, 'x-tenant': 't' });
      expect(outcome(reply)).toEqual([404, [A], ['Origin']]);
      expect(seen).toEqual(['policy', 'origin', 'onDecision'].map((what) => [what, '/x t me']));
    });

    it('choose one policy for a request and its preflight', async () => {
      const open = createCors({ origin: '*', methods: ['DELETE'] });
      const listed = createCors(POLICY);
      const policies: Record<string, typeof open | undefined> = { open, listed };
      const app = quietApp(framework, {
        policy: ({ path }) => policies[path.split('/')[1] ?? ''] ?? false,
      });
      app.use((context) => void (context.body = 'x'));
      const send = await start(app);
      const both = async (path: string): Promise<unknown[]> =>
        Promise.all(
          ['GET', 'OPTIONS'].map(async (method) =>
            outcome(await send(method, path, { origin: A, ...asked })),
          ),
        );
      expect(await both('/open/x')).toEqual([
        [200, ['*'], ['Origin']],
        [204, ['*'], ['Origin']],
      ]);
      expect(await both('/listed/x')).toEqual([
        [200, [A], ['Origin']],
        [204, [A], ['Origin']],
      ]);
      expect(await both('/other/x')).toEqual([
        [200, [], ['Origin']],
        [200, [], ['Origin']],
      ]);
    });

    it('that are different on one request grant nothing, and warn once', async () => {
      const app = quietApp(framework);
      const same = cors(POLICY);
      const other = cors({ origin: '*' });
      app.use((context, next): unknown => (context.path === '/same' ? same : other)(context, next));
      app.use((context) => void (context.body = 'x'));
      const send = await start(app);
      reports();
      for (let round = 0; round < 2; round += 1) {
        expect(outcome(await send('GET', '/x', { origin: A }))).toEqual([200, [], ['Origin']]);
      }
      expect(outcome(await send('GET', '/same', { origin: A }))).toEqual([200, [A], ['Origin']]);
      expect(reports()).toEqual(['CORS_POLICY_CONFLICT']);
    });

    it.each([
      [
        'throws',
        () => {
          throw new Error('boom');
        },
      ],
      ['rejects', async () => Promise.reject(new Error('boom'))],
    ] as const)('whose predicate %s: Koa gets the error', async (_, origin) => {
      const emitted: unknown[] = [];
      const app = quietApp(framework, { origin });
      app.use((context) => void (context.body = 'not reached'));
      app.on('error', (error: Error) => emitted.push(error.message));
      const caught: unknown[] = [];
      const catching = new framework();
      catching.use(async (context, next) => {
        try {
          await next();
        } catch (error) {
          caught.push((error as Error).message);
          context.status = 503;
          context.set('Access-Control-Allow-Origin', '*');
          context.body = 'sorry';
        }
      });
      catching.use(cors({ origin })).use((context) => void (context.body = 'not reached'));
      for (const method of ['GET', 'OPTIONS']) {
        const headers = { origin: A, ...asked };
        const byKoa = await (await start(app))(method, '/', headers);
        expect([...outcome(byKoa), byKoa.body]).toEqual([
          500,
          [],
          ['Origin'],
          'Internal Server Error',
        ]);
        const byUs = await (await start(catching))(method, '/', headers);
        expect([...outcome(byUs), byUs.body]).toEqual([503, [], ['Origin'], 'sorry']);
      }
      expect([emitted, caught]).toEqual([
        ['boom', 'boom'],
        ['boom', 'boom'],
      ]);
    });

    it('may be a policy that is reconfigured', async () => {
      const policy = createCors({ origin: A });
      const send = await start(quietApp(framework, { policy }));
      expect(outcome(await send('GET', '/', { origin: A }))).toEqual([404, [A], ['Origin']]);
      expect(() => policy.reconfigure({ origin: [] })).toThrow('origin-empty');
      expect(outcome(await send('GET', '/', { origin: A }))).toEqual([404, [A], ['Origin']]);
      policy.reconfigure({ origin: EVIL });
      expect(outcome(await send('GET', '/', { origin: A }))).toEqual([404, [], ['Origin']]);
    });
  });

  describe('a mounted application', () => {
    it('is covered by the one in front', async () => {
      const inner = new framework();
      inner.use((context) => {
        if (context.path === '/throw') throw new Error('x');
        context.vary('Accept');
        context.body = context.path;
      });
      const app = quietApp(framework).use(mount('/inner', inner));
      const send = await start(app);
      const reply = await send('GET', '/inner/x', { origin: A });
      expect([...outcome(reply), reply.body]).toEqual([200, [A], ['Accept, Origin'], '/x']);
      expect(outcome(await send('GET', '/inner/throw', { origin: A }))).toEqual([
        500,
        [A],
        ['Origin'],
      ]);
      expect(outcome(await send('OPTIONS', '/inner/x', { origin: A, ...asked }))).toEqual([
        204,
        [A],
        ['Origin'],
      ]);
    });

    it('may have a policy of its own, for its requests and their preflights', async () => {
      const inner = quietApp(framework).use((context) => void (context.body = 'x'));
      const send = await start(new framework().use(mount('/inner', inner)));
      for (const method of ['GET', 'OPTIONS']) {
        const headers = { origin: A, ...asked };
        const [, allowOrigin] = outcome(await send(method, '/inner/x', headers));
        expect(allowOrigin).toEqual([A]);
        expect(outcome(await send(method, '/x', headers))).toEqual([404, [], []]);
      }
    });

    it('of another framework, given the request as it came, is covered as well', async () => {
      const inner = new framework().use((context) => {
        context.vary('Accept');
        context.body = 'x';
      });
      const callback = inner.callback();
      const app = quietApp(framework).use((context) => {
        context.respond = false;
        return callback(context.req, context.res);
      });
      const send = await start(app);
      expect(outcome(await send('GET', '/', { origin: A }))).toEqual([
        200,
        [A],
        ['Accept, Origin'],
      ]);
    });
  });

  it('leaves upgrades to whoever handles them', async () => {
    const app = quietApp(framework).use((context) => void (context.body = 'x'));
    const { address, close } = await listenHttp1({} as never, listenerOf(app));
    const headers = { origin: A, connection: 'Upgrade', upgrade: 'test' };
    const upgraded = await new Promise<string[]>((resolve, reject) => {
      get({ ...address, protocol: 'http:', path: '/socket', headers })
        .on('upgrade', ({ rawHeaders }) => resolve(rawHeaders))
        .on('error', reject);
    });
    await close();
    expect(upgraded).toEqual(['Connection', 'Upgrade', 'Upgrade', 'test']);
  });

  it('answers preflights over HTTP/2', async () => {
    const app = quietApp(framework, { ...POLICY, optionsSuccessStatus: 200 });
    const send = await startHttp2(app);
    const reply = await send('OPTIONS', '/', { origin: A, ...asked });
    expect(outcome(reply)).toEqual([200, [A], ['Origin']]);
    expect(reply.headers).toContainEqual(['content-length', '0']);
    expect(outcome(await send('OPTIONS', '/', { origin: EVIL, ...asked }))).toEqual([
      403,
      [],
      ['Origin'],
    ]);
  });
});

describe('why the targets lack or need something: Koa without us', () => {
  it('Koa 2 takes a Response for JSON', async () => {
    const bodies = await Promise.all(
      VERSIONS.map(async ({ framework }) => {
        const app = new framework().use((context) => void (context.body = new Response('text')));
        return (await (await start(app))('GET', '/')).body;
      }),
    );
    expect(bodies[0]).toBe('{}');
    expect(bodies[1]).toContain('text');
  });

  it('Koa 2 never ends the reply to a HEAD over HTTP/2, nor Koa 3 that of one that fails', async () => {
    const ends = async (framework: typeof Koa, path: string): Promise<boolean> => {
      const app = new framework().use((context) => {
        if (context.path === '/throw') throw new Error('x');
        context.body = 'x';
      });
      app.silent = true;
      const send = await startHttp2(app);
      const late = new Promise<boolean>((resolve) => setTimeout(resolve, 300, false));
      return Promise.race([send('HEAD', path).then(() => true), late]);
    };
    const paths = ['/', '/throw'];
    const found = await Promise.all(
      VERSIONS.map(({ framework }) => Promise.all(paths.map((path) => ends(framework, path)))),
    );
    expect(found).toEqual([
      [false, false],
      [true, false],
    ]);
  });
});
