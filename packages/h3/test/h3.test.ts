/** Options, as h3's users give them, where it may be mounted, and what the suite cannot ask of h3. */
import { applicationHeader, applicationRoutes, openLogBook } from '@cors/conformance';
import { createCors, type Decision } from '@cors/core';
import { cors as fetchCors } from '@cors/fetch';
import { cors as nodeCors } from '@cors/node';
import { plugin as webSockets } from 'crossws/server';
import type { H3Event } from 'h3';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { noteReports } from '../../conformance/test/targets/note-reports.js';
import { cors } from '../src/index.js';
import { addApplication } from './h3-application.js';
import {
  A,
  asked,
  corsApp,
  EVIL,
  inMemory,
  outcome,
  overSocket,
  POLICY,
  servedBy,
  VERSIONS,
} from './policy.js';

const reports = noteReports();

describe.each(VERSIONS)('$name', ({ framework }) => {
  const { defineHandler, defineWebSocketHandler, fromNodeHandler, H3, serve, toNodeHandler } =
    framework;

  it('has every route of the suite that it can have', async () => {
    const app = new H3({ silent: true });
    addApplication(app, framework, { log: openLogBook(), hasEarlyHints: true });
    const send = await overSocket(app, framework);
    for (const { path, requires = '' } of applicationRoutes) {
      // These need not be marked, or never end well; raw heads go past h3, see below.
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

    it('give the predicate, the choice and the hook the event', async () => {
      const seen: unknown[] = [];
      const see = (what: string, { req, url, context }: H3Event): void => {
        seen.push([what, url.pathname, req.headers.get('x-tenant'), context['user']]);
      };
      const policy = createCors<H3Event>({
        origin: (_, event) => {
          see('origin', event);
          return true;
        },
      });
      const app = new H3();
      app.use(({ context }) => {
        context['user'] = 'me';
      });
      const choose = async (event: H3Event): Promise<typeof policy> => {
        see('policy', event);
        return policy;
      };
      const onDecision = (_: Decision, event: H3Event): void => see('onDecision', event);
      app.use(cors({ policy: choose, onDecision }));
      const reply = await inMemory(app)('GET', '/x', { origin: A, 'x-tenant': 't' });
      expect(outcome(reply)).toEqual([404, A, 'Origin']);
      const what = ['policy', 'origin', 'onDecision'];
      expect(seen).toEqual(what.map((each) => [each, '/x', 't', 'me']));
    });

    it('choose one policy for a request and its preflight', async () => {
      const open = createCors({ origin: '*', methods: ['DELETE'] });
      const listed = createCors(POLICY);
      const policies: Record<string, typeof open | undefined> = { open, listed };
      const app = corsApp(framework, {
        policy: ({ url }) => policies[url.pathname.split('/')[1] ?? ''] ?? false,
      });
      app.all('/:policy/x', () => 'x');
      const both = async (path: string): Promise<unknown[]> =>
        Promise.all(
          ['GET', 'OPTIONS'].map(async (method) =>
            outcome(await inMemory(app)(method, path, { origin: A, ...asked })),
          ),
        );
      const granted = (origin: string) => [
        [200, origin, 'Origin'],
        [204, origin, 'Origin'],
      ];
      expect(await both('/open/x')).toEqual(granted('*'));
      expect(await both('/listed/x')).toEqual(granted(A));
      const none = [200, null, 'Origin'];
      expect(await both('/other/x')).toEqual([none, none]);
    });

    it('that are different on one request grant nothing, and warn once', async () => {
      const app = corsApp(framework)
        .use('/two', cors({ origin: '*' }))
        .use('/same', cors(POLICY));
      app.get('/**', () => 'x');
      const send = inMemory(app);
      reports();
      for (let round = 0; round < 2; round += 1) {
        expect(outcome(await send('GET', '/two', { origin: A }))).toEqual([200, null, 'Origin']);
      }
      expect(outcome(await send('GET', '/same', { origin: A }))).toEqual([200, A, 'Origin']);
      expect(reports()).toEqual(['CORS_POLICY_CONFLICT']);
    });
  });

  describe('mounted', () => {
    it('for the paths of a pattern, whose preflights reach it too', async () => {
      const app = new H3().use('/api/**', cors(POLICY));
      app.get('/**', () => 'x');
      const send = inMemory(app);
      expect(outcome(await send('GET', '/api/x', { origin: A }))).toEqual([200, A, 'Origin']);
      const preflight = await send('OPTIONS', '/api/x', { origin: A, ...asked });
      expect(outcome(preflight)).toEqual([204, A, 'Origin']);
      expect(outcome(await send('GET', '/x', { origin: A }))).toEqual([200, null, null]);
    });

    it('in an application that is mounted into another', async () => {
      const api = corsApp(framework).get('/x', ({ url }) => url.pathname);
      const app = new H3({ silent: true }).mount('/api', api).get('/x', () => 'outside');
      const send = inMemory(app);
      const reply = await send('GET', '/api/x', { origin: A });
      expect([...outcome(reply), await reply.text()]).toEqual([200, A, 'Origin', '/api/x']);
      expect(outcome(await send('GET', '/api/y', { origin: A }))).toEqual([404, A, 'Origin']);
      expect(outcome(await send('GET', '/x', { origin: A }))).toEqual([200, null, null]);
    });

    it('on one handler, with and without an application around', async () => {
      const handler = defineHandler({ middleware: [cors(POLICY)], handler: () => 'x' });
      const app = new H3().all('/x', handler);
      for (const send of [inMemory(app), inMemory(handler)]) {
        const reply = await send('GET', '/x', { origin: A });
        expect([...outcome(reply), await reply.text()]).toEqual([200, A, 'Origin', 'x']);
        const preflight = await send('OPTIONS', '/x', { origin: A, ...asked });
        expect(outcome(preflight)).toEqual([204, A, 'Origin']);
      }
    });

    it('behind middleware that answers by itself, it is not asked', async () => {
      const app = new H3().use(() => 'mine').use(cors(POLICY));
      expect(outcome(await inMemory(app)('GET', '/', { origin: A }))).toEqual([200, null, null]);
    });
  });

  it('leaves web sockets to whoever upgrades', async () => {
    const seen: string[] = [];
    const app = corsApp(framework).get(
      '/socket',
      defineWebSocketHandler({
        open: (peer) => void peer.send('welcome'),
        message: (_, message) => void seen.push(message.text()),
      }),
    );
    const server = serve(app, {
      port: 0,
      hostname: '127.0.0.1',
      silent: true,
      plugins: [webSockets({})],
    });
    await server.ready();
    const socket = new WebSocket(`${server.url!.replace('http', 'ws')}socket`, { origin: EVIL });
    const upgraded = new Promise<unknown>((resolve) => socket.once('upgrade', resolve));
    const welcome = await new Promise((resolve, reject) => {
      socket.once('message', (data: Buffer) => resolve(data.toString()));
      socket.once('error', reject);
    });
    const { headers } = (await upgraded) as { headers: Record<string, string | undefined> };
    expect([welcome, headers['vary']]).toEqual(['welcome', undefined]);
    socket.send('hello');
    await expect.poll(() => seen).toEqual(['hello']);
    socket.terminate();
    await server.close(true);
  });

  describe('what is out of reach', () => {
    const MALFORMED = '/%zz';

    it('a path that cannot be decoded, unless the application takes it', async () => {
      const refused = inMemory(corsApp(framework));
      expect(outcome(await refused('GET', MALFORMED, { origin: A }))).toEqual([400, null, null]);
      const taken = inMemory(corsApp(framework, POLICY, { allowMalformedURL: true }));
      expect(outcome(await taken('GET', MALFORMED, { origin: A }))).toEqual([404, A, 'Origin']);
      const app = new H3({ silent: true });
      const fetch = fetchCors(POLICY)((asking: Request) => app.fetch(asking));
      const around = inMemory({ fetch });
      expect(outcome(await around('GET', MALFORMED, { origin: A }))).toEqual([400, A, 'Origin']);
    });

    it('an error of `onRequest`, unless `@cors/fetch` is around', async () => {
      const config = {
        silent: true,
        onRequest: () => {
          throw new Error('x');
        },
      };
      const send = inMemory(corsApp(framework, POLICY, config));
      expect(outcome(await send('GET', '/', { origin: A }))).toEqual([500, null, null]);
      const app = new H3(config);
      const around = inMemory({ fetch: fetchCors(POLICY)((asking: Request) => app.fetch(asking)) });
      expect(outcome(await around('GET', '/', { origin: A }))).toEqual([500, A, 'Origin']);
    });

    it("what a handler writes to Node's response, unless `@cors/node` is in front", async () => {
      const handler = fromNodeHandler((_, response) => void response.writeHead(200).end('x'));
      const past = await overSocket(corsApp(framework).get('/', handler), framework);
      expect(outcome(await past('GET', '/', { origin: A }))).toEqual([200, null, null]);

      const listener = toNodeHandler(new H3().get('/', handler));
      const handleCors = nodeCors(POLICY);
      const inFront = await servedBy((request, response) => {
        if (!handleCors(request, response)) void listener(request, response);
      });
      expect(outcome(await inFront('GET', '/', { origin: A }))).toEqual([200, A, 'Origin']);
      const preflight = await inFront('OPTIONS', '/', { origin: A, ...asked });
      expect(outcome(preflight)).toEqual([204, A, 'Origin']);
    });
  });
});
