/** Replies in the forms that h3 has, beyond those of the conformance suite, and errors in all of them. */
import { createCors } from '@cors/core';
import type { H3Config, H3Event } from 'h3';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { noteReports } from '../../conformance/test/targets/note-reports.js';
import { cors } from '../src/index.js';
import {
  A,
  asked,
  corsApp,
  EVIL,
  type Framework,
  inMemory,
  outcome,
  overSocket,
  POLICY,
  VERSIONS,
} from './policy.js';

const reports = noteReports();
afterEach(() => void vi.unstubAllGlobals());

const WAYS = [
  ['in memory', async (app: Parameters<typeof overSocket>[0]) => inMemory(app)] as const,
  ['over a socket', overSocket] as const,
];
const shared = new Response(null, { status: 500, headers: { Vary: 'Cookie' } });

type Case = readonly [
  title: string,
  handler: (event: H3Event, framework: Framework) => unknown,
  status: number,
];

const REPLIES: readonly Case[] = [
  ['text', () => 'x', 200],
  ['text later', async () => 'x', 200],
  ['JSON', () => ({ a: 1 }), 200],
  ['a number', () => 1, 200],
  ['nothing', () => undefined, 200],
  ['null', () => null, 200],
  ['bytes', () => new Uint8Array(2), 200],
  ['a blob', () => new Blob(['x']), 200],
  ['a stream', () => new Blob(['x']).stream(), 200],
  ['an iterator', (_, { iterable }) => iterable(['x', 'y']), 200],
  ['HTML', (_, { html }) => html`<p>x</p>`, 200],
  ['no content', (_, { noContent }) => noContent(), 204],
  ['a redirect', (_, { redirect }) => redirect('/y'), 302],
  ['an HTTPResponse', (_, { HTTPResponse }) => new HTTPResponse('x', { status: 422 }), 422],
  [
    'a status and headers set, ours too',
    ({ res }) => {
      res.status = 299;
      res.headers.set('Vary', 'Accept');
      res.headers.set('Access-Control-Allow-Origin', '*');
      res.headers.set('Access-Control-Allow-Methods', 'GET');
      return 'x';
    },
    299,
  ],
  ['a Response', () => new Response('x', { headers: { Vary: 'Accept' } }), 200],
  ['an immutable redirect', () => Response.redirect('http://localhost/y'), 302],
  ['a fetched Response', async () => fetch('data:text/plain,x'), 200],
  [
    'a fetched Response, and headers set',
    async ({ res }) => {
      res.headers.set('X-Own', '1');
      return fetch('data:text/plain,x');
    },
    200,
  ],
  ['a Response that h3 made', (event, { toResponse }) => toResponse('x', event), 200],
  ['an error that is returned', () => new Error('x'), 500],
  [
    'an HTTPError that is returned',
    (_, { HTTPError }) => new HTTPError({ status: 418, headers: { Vary: 'Accept' } }),
    418,
  ],
  [
    'an error with our fields',
    ({ res }, { HTTPError }) => {
      res.errHeaders.set('Access-Control-Allow-Origin', '*');
      throw new HTTPError({ status: 403, headers: { 'Access-Control-Allow-Methods': 'GET' } });
    },
    403,
  ],
  [
    'an error, at once',
    () => {
      throw new Error('x');
    },
    500,
  ],
  ['an error, later', async () => Promise.reject(new Error('x')), 500],
  ['what is no error', async () => Promise.reject('x'), 500],
  ['a number thrown', async () => Promise.reject(409), 409],
  ['what cannot be made a reply', () => ({ toJSON: () => BigInt(1) }), 500],
];

/**
 * Error handlers, in every way in which h3 lets them reply: the status of the reply to a failure, and to
 * an unknown path; and the `Vary` they ask for.
 */
const ERROR_HANDLERS: readonly (readonly [
  title: string,
  onError: H3Config['onError'],
  failed: number,
  unknown: number,
  vary: string,
])[] = [
  ["h3's own", undefined, 500, 404, 'Origin'],
  ['one that returns nothing', () => undefined, 500, 404, 'Origin'],
  ['one that returns JSON', () => ({ sorry: true }), 200, 200, 'Origin'],
  [
    'one that sets a status and headers, ours too',
    (_, { res }) => {
      res.status = 503;
      res.headers.set('Vary', 'Cookie');
      res.headers.set('Access-Control-Allow-Origin', '*');
      return 'sorry';
    },
    503,
    503,
    'Cookie, Origin',
  ],
  [
    'one that returns a Response with headers, ours too',
    async () => {
      const headers = { Vary: 'Cookie', 'Access-Control-Allow-Origin': '*' };
      return new Response('sorry', { status: 500, headers });
    },
    500,
    500,
    'Cookie, Origin',
  ],
  ['one whose Response is shared', () => shared, 500, 500, 'Cookie, Origin'],
  [
    'one that throws',
    () => {
      throw new Error('again');
    },
    500,
    500,
    'Origin',
  ],
];

describe.each(VERSIONS)('$name', ({ framework }) => {
  const { H3 } = framework;

  describe.each(WAYS)('%s', (_, way) => {
    it.each(REPLIES)('%s', async (__, handler, status) => {
      const app = corsApp(framework).get('/', (event) => handler(event, framework));
      const send = await way(app, framework);
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

    describe.each(ERROR_HANDLERS)(
      'the error handler is %s',
      (__, onError, failed, unknown, vary) => {
        const config: H3Config = onError === undefined ? {} : { onError };

        it('a handler that throws, and an unknown path', async () => {
          const app = corsApp(framework, POLICY, config).get('/', () => {
            throw new Error('x');
          });
          const send = await way(app, framework);
          for (const origin of [A, EVIL]) {
            const allowed = origin === A ? A : null;
            expect(outcome(await send('GET', '/', { origin }))).toEqual([failed, allowed, vary]);
            expect(outcome(await send('GET', '/none', { origin }))).toEqual([
              unknown,
              allowed,
              vary,
            ]);
          }
        });

        it.each([
          ['rejects', () => Promise.reject(new Error('boom'))],
          [
            'throws',
            () => {
              throw new Error('boom');
            },
          ],
        ])('a predicate that %s', async (___, origin) => {
          const app = corsApp(framework, { origin }, config);
          const reached = vi.fn(() => 'not reached');
          const send = await way(app.all('/', reached), framework);
          for (const method of ['GET', 'OPTIONS', 'HEAD']) {
            const reply = await send(method, '/', { origin: A, ...asked });
            expect(outcome(reply)).toEqual([failed, null, vary]);
          }
          expect(reached).not.toHaveBeenCalled();
        });
      },
    );

    it('middleware further in that looks at the reply, or makes another', async () => {
      const app = corsApp(framework).use(framework.onResponse(() => new Response('y')));
      const send = await way(
        app.get('/', () => 'x'),
        framework,
      );
      const reply = await send('GET', '/', { origin: A });
      expect([...outcome(reply), await reply.text()]).toEqual([200, A, 'Origin', 'y']);
    });

    it('preflights carry what middleware further out has set, and have one length', async () => {
      const app = new H3();
      app.use(({ res }) => {
        const fields = { 'X-Out': '1', 'Content-Length': '5', 'Transfer-Encoding': 'chunked' };
        for (const [name, value] of Object.entries(fields)) {
          res.headers.set(name, value);
          res.errHeaders.set(name, value);
        }
        res.headers.append('Vary', 'Cookie');
      });
      app.use(cors({ ...POLICY, optionsSuccessStatus: 200 })).all('/**', () => 'not reached');
      const send = await way(app, framework);
      const lengths = ({ headers }: Response): readonly unknown[] =>
        ['x-out', 'content-length', 'transfer-encoding'].map((name) => headers.get(name));
      const granted = await send('OPTIONS', '/', { origin: A, ...asked });
      expect(outcome(granted)).toEqual([200, A, 'Cookie, Origin']);
      expect(lengths(granted)).toEqual(['1', '0', null]);
      expect(await granted.text()).toBe('');
      const denied = await send('OPTIONS', '/', { origin: EVIL, ...asked });
      expect(outcome(denied)).toEqual([403, null, 'Origin']);
      expect(lengths(denied)).toEqual(['1', '0', null]);
    });

    it('an allowed preflight may be continued, any other OPTIONS is the application’s', async () => {
      const app = corsApp(framework, { ...POLICY, preflightContinue: true });
      app.options('/x', () => new Response('mine', { status: 299 }));
      const send = await way(app, framework);
      const reply = await send('OPTIONS', '/x', { origin: A, ...asked });
      expect(outcome(reply)).toEqual([299, A, 'Origin']);
      expect(reply.headers.get('access-control-allow-methods')).toBe('PUT');
      expect((await send('OPTIONS', '/x', { origin: EVIL, ...asked })).status).toBe(403);
      const plain = await way(
        corsApp(framework).options('/x', () => 'mine'),
        framework,
      );
      expect(await (await plain('OPTIONS', '/x', { origin: A })).text()).toBe('mine');
      expect(await (await plain('OPTIONS', '/x', asked)).text()).toBe('mine');
    });
  });

  it('the application’s `onResponse` is called once, with the reply as it leaves', async () => {
    const seen: unknown[] = [];
    const onResponse = (reply: Response): void => void seen.push(outcome(reply));
    const app = corsApp(framework, POLICY, { onResponse }).get('/', () => 'x');
    await inMemory(app)('GET', '/', { origin: A });
    await inMemory(app)('GET', '/none', { origin: A });
    await inMemory(app)('OPTIONS', '/', { origin: A, ...asked });
    expect(seen).toEqual([200, 404, 204].map((status) => [status, A, 'Origin']));
  });

  it('an error reaches the application’s `onError` once', async () => {
    const onError = vi.fn(() => undefined);
    const app = corsApp(framework, POLICY, { onError }).get('/', async () => Promise.reject(409));
    await inMemory(app)('GET', '/', { origin: A });
    expect(onError).toHaveBeenCalledOnce();
    await inMemory(app)('GET', '/none', { origin: A });
    expect(onError).toHaveBeenCalledTimes(2);
  });

  // A copy would be right too, but is sent as a stream, in chunks.
  it('what h3 makes itself keeps its length', async () => {
    const send = await overSocket(
      corsApp(framework).get('/', () => 'x'),
      framework,
    );
    const { headers } = await send('GET', '/', { origin: A });
    expect([headers.get('content-length'), headers.get('transfer-encoding')]).toEqual(['1', null]);
  });

  it('leaves a Response that is given to several requests as it is', async () => {
    const kept = new Response(null, { headers: { Vary: 'Accept' } });
    const app = corsApp(framework).get('/', () => kept);
    const send = inMemory(app);
    for (const origin of [A, EVIL]) {
      const reply = await send('GET', '/', { origin });
      expect(outcome(reply)).toEqual([200, origin === A ? A : null, 'Accept, Origin']);
    }
    expect([...kept.headers]).toEqual([['vary', 'Accept']]);
    expect([...shared.headers]).toEqual([['vary', 'Cookie']]);
  });

  it('works where another library has replaced the global Response, as @hono/node-server does', async () => {
    vi.stubGlobal('Response', class extends Response {});
    const app = new H3({ silent: true });
    app.use(({ res }) => {
      res.headers.set('X-Out', '1');
    });
    app.use(cors(POLICY)).get('/', () => 'x');
    for (const [, way] of WAYS) {
      const send = await way(app, framework);
      const reply = await send('GET', '/', { origin: A });
      expect([...outcome(reply), await reply.text()]).toEqual([200, A, 'Origin', 'x']);
      const preflight = await send('OPTIONS', '/', { origin: A, ...asked });
      expect([...outcome(preflight), preflight.headers.get('x-out')]).toEqual([
        204,
        A,
        'Origin',
        '1',
      ]);
    }
  });

  it('decides anew when the same request is handled again', async () => {
    const policies = [createCors(POLICY), createCors({ origin: '*' })];
    const app = corsApp(framework, { policy: () => policies.shift() ?? false }).get('/', () => 'x');
    const request = new Request('http://localhost/', { headers: { origin: A } });
    expect(outcome(await app.fetch(request))).toEqual([200, A, 'Origin']);
    expect(outcome(await app.fetch(request))).toEqual([200, '*', 'Origin']);
  });

  it('passes a body on unread', async () => {
    const pull = vi.fn((controller: ReadableStreamDefaultController<Uint8Array>) => {
      controller.enqueue(new TextEncoder().encode('x'));
      controller.close();
    });
    const body = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });
    const reply = await inMemory(corsApp(framework).get('/', () => new Response(body)))(
      'GET',
      '/',
      {
        origin: A,
      },
    );
    expect([pull.mock.calls.length, ...outcome(reply)]).toEqual([0, 200, A, 'Origin']);
    expect(await reply.text()).toBe('x');
  });

  it('warns once, by name, of a field that had to give way', async () => {
    const app = corsApp(framework).get('/', ({ res }) => {
      res.headers.set('Access-Control-Allow-Headers', '*');
      return 'x';
    });
    reports();
    await inMemory(app)('GET', '/', { origin: A });
    await inMemory(app)('GET', '/', { origin: A });
    expect(reports()).toEqual(['CORS_HEADER_REPLACED']);
  });
});
