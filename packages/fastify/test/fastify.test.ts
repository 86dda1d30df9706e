import { once } from 'node:events';
import { createServer, IncomingMessage, OutgoingMessage, request, ServerResponse } from 'node:http';
import { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { connect } from 'node:net';
import process from 'node:process';
import { createCors, CorsPredicateError } from '@cors/core';
import { cors as nodeCors } from '@cors/node';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import cors, { cors as named, withCors } from '../src/index.js';
import { A, B, start, X } from './server.js';

const ofA = { origin: A, methods: ['PUT'] };
const ofB = { origin: B, methods: ['PUT'] };
const ok = async () => 'ok';

const warnings: Error[] = [];
const note = (warning: Error): void => void warnings.push(warning);
beforeEach(() => void process.on('warning', note));
afterEach(() => {
  process.off('warning', note);
  warnings.length = 0;
});

async function withPolicy(
  options: Parameters<typeof cors>[1],
  server = {},
): Promise<FastifyInstance> {
  const app = fastify(server) as FastifyInstance;
  await app.register(cors, options);
  app.get('/', ok);
  return app;
}

/** Sends bytes, and gives what came back when the connection closes. */
async function sendBytes(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('latin1');
  let text = '';
  socket.on('data', (chunk: string) => {
    text += chunk;
  });
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return text;
}

it('is the named and the default export', () => {
  expect(cors).toBe(named);
});

describe('the predicate', () => {
  it("is given Fastify's request, with what earlier hooks put on it", async () => {
    const app = fastify();
    app.decorateRequest('tenant', '');
    app.addHook('onRequest', async (incoming) => {
      (incoming as FastifyRequest & { tenant: string }).tenant = 'a';
    });
    const seen: unknown[] = [];
    await app.register(cors, {
      origin: async (origin, incoming) => {
        seen.push([
          origin,
          incoming.url,
          incoming.ip,
          (incoming as unknown as { tenant: string }).tenant,
        ]);
        return origin === A;
      },
    });
    app.get('/:id', ok);
    const { ask } = await start(app);
    expect(await ask('/7', A)).toEqual([200, A]);
    expect(await ask('/7', B)).toEqual([200, undefined]);
    expect(seen).toEqual([A, B].map((origin) => [origin, '/7', '127.0.0.1', 'a']));
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('boom');
      },
    ],
    ['rejects', () => Promise.reject(new Error('boom'))],
    ['returns no boolean', () => 'boom' as never],
  ])('that %s goes to the error handling of the route', async (_, origin) => {
    const errors: unknown[] = [];
    const app = fastify();
    await app.register(cors, { origin });
    app.setErrorHandler(async (error, __, reply) => {
      errors.push(error);
      return reply.code(503).header('Vary', 'Accept').send('handled');
    });
    let reached = false;
    app.get('/', async () => {
      reached = true;
    });
    app.get(
      '/own',
      { errorHandler: (__, ___, reply) => void reply.code(599).send('of the route') },
      ok,
    );
    const { send } = await start(app);
    const asked = { origin: A, 'access-control-request-method': 'PUT' };
    for (const [method, path, status] of [
      ['GET', '/', 503],
      ['OPTIONS', '/', 503],
      ['GET', '/unknown', 503],
      ['GET', '/own', 599],
    ] as const) {
      const { status: got, headers } = await send(method, path, asked);
      expect([got, headers['access-control-allow-origin']]).toEqual([status, undefined]);
      expect(headers['vary']).toMatch(/Origin$/);
    }
    expect(reached).toBe(false);
    expect(errors).toHaveLength(3);
    for (const error of errors) {
      if (!(error instanceof CorsPredicateError)) expect((error as Error).message).toBe('boom');
    }
    // Without Origin it is not asked.
    expect((await send('GET', '/')).status).toBe(200);
  });

  it('that answers after the limit of time has nothing more to say', async () => {
    let answer: (value: boolean) => void = () => undefined;
    const app = fastify({ handlerTimeout: 20 });
    await app.register(cors, {
      origin: async () =>
        new Promise<boolean>((resolve) => {
          answer = resolve;
        }),
    });
    const { ask, preflight } = await start(app);
    expect(await ask('/', A)).toEqual([503, undefined]);
    answer(true);
    expect(await preflight('/', A)).toEqual([503, undefined]);
    answer(true);
  });
});

describe('onDecision', () => {
  it('is told before the handler runs, and may refuse through the request', async () => {
    const denied = new WeakSet<FastifyRequest>();
    const app = fastify();
    await app.register(cors, {
      ...ofA,
      onDecision: ({ kind, allowed }, incoming) => {
        if (kind === 'actual' && !allowed) denied.add(incoming);
      },
    });
    app.addHook('onRequest', async (incoming, reply) => {
      if (denied.has(incoming)) return reply.code(403).send('not you');
      return undefined;
    });
    app.put('/', ok);
    const { ask } = await start(app);
    expect(await ask('/', A, 'PUT')).toEqual([200, A]);
    expect(await ask('/', X, 'PUT')).toEqual([403, undefined]);
  });
});

describe('two policies', () => {
  it('in one context are in conflict, unless they are the same', async () => {
    const app = await withPolicy(ofA);
    await app.register(cors, { ...ofA });
    const { ask } = await start(app);
    expect(await ask('/', A)).toEqual([200, A]);
    const other = await withPolicy(ofA);
    await other.register(cors, ofB);
    const running = await start(other);
    for (let round = 0; round < 2; round += 1) {
      expect(await running.ask('/', A)).toEqual([200, undefined]);
      expect(await running.preflight('/', A)).toEqual([403, undefined]);
    }
    expect(warnings).toMatchObject([{ code: 'CORS_POLICY_CONFLICT' }]);
  });

  it('are in conflict also when one is of @cors/node, around the server', async () => {
    const around = (outer: typeof ofA) => {
      const handleCors = nodeCors(outer);
      return withPolicy(ofA, {
        serverFactory: (handler: (...all: unknown[]) => void) =>
          createServer((incoming, response) => {
            if (!handleCors(incoming, response)) handler(incoming, response);
          }),
      });
    };
    const same = await start(await around(ofA));
    expect(await same.ask('/', A)).toEqual([200, A]);
    const other = await start(await around(ofB));
    expect(await other.ask('/', A)).toEqual([200, undefined]);
    expect(await other.ask('/', B)).toEqual([200, undefined]);
  });
});

describe('under load', () => {
  it('every reply is right: 1,000 interleaved requests, with reconfiguration in between', async () => {
    const policy = createCors(ofA);
    const app = fastify();
    await app.register(cors, { policy });
    app.get('/', async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return 'ok';
    });
    app.get('/own', { config: { cors: { origin: X, credentials: true } } }, ok);
    const { ask } = await start(app);
    let inForce = A;
    for (let round = 0; round < 10; round += 1) {
      await Promise.all(
        Array.from({ length: 100 }, async (_, index) => {
          const origin = [A, B, X][index % 3]!;
          const path = index % 2 === 0 ? '/' : '/own';
          const expected = origin === (path === '/' ? inForce : X) ? origin : undefined;
          expect(await ask(path, origin)).toEqual([200, expected]);
        }),
      );
      inForce = inForce === A ? B : A;
      policy.reconfigure({ origin: inForce });
    }
  });

  it('clients that leave do no harm to those that stay', async () => {
    const app = fastify();
    let asked = 0;
    let decided = 0;
    await app.register(cors, {
      origin: async (origin) => {
        asked += 1;
        await new Promise((resolve) => setTimeout(resolve, 10));
        return origin === A;
      },
      onDecision: () => (decided += 1),
    });
    app.get('/', async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      return 'x'.repeat(100_000);
    });
    const { ask, port, preflight } = await start(app);
    for (const method of ['GET', 'OPTIONS']) {
      for (const progress of [() => asked, () => decided]) {
        const before = progress();
        const headers = { origin: A, 'access-control-request-method': 'PUT' };
        const leaving = request({ port, host: '127.0.0.1', method, headers });
        leaving.on('error', () => undefined);
        leaving.end();
        await vi.waitFor(() => expect(progress()).toBeGreaterThan(before), 5_000);
        leaving.destroy();
      }
    }
    await vi.waitFor(() => expect(decided).toBe(4), 5_000);
    expect(await ask('/', A)).toEqual([200, A]);
    expect(await preflight('/', X)).toEqual([403, undefined]);
  });
});

describe('an upgrade', () => {
  it('is left alone', async () => {
    const app = await withPolicy(ofA);
    app.server.on('upgrade', (_, socket) => {
      socket.end(
        'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n',
      );
    });
    const { ask, port } = await start(app);
    const reply = await sendBytes(
      port,
      `GET / HTTP/1.1\r\nHost: a\r\nOrigin: ${A}\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n`,
    );
    expect(reply).toBe(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n',
    );
    expect(await ask('/', A)).toEqual([200, A]);
  });
});

describe('what is out of reach', () => {
  it('is a malformed URL or a parameter that is too long, without frameworkErrors', async () => {
    const app = await withPolicy(ofA);
    app.get('/p/:parameter', ok);
    const { ask, preflight } = await start(app);
    expect(await ask(`/p/${'x'.repeat(101)}`, A)).toEqual([414, undefined]);
    expect(await ask('/%zz', A)).toEqual([400, undefined]);
    expect(await preflight('/%zz', A)).toEqual([400, undefined]);
  });

  it('is what the parser refuses', async () => {
    const { port } = await start(await withPolicy(ofA));
    for (const [bytes, status] of [
      ['nonsense\r\n\r\n', 400],
      [`GET / HTTP/1.1\r\nHost: a\r\nOrigin: ${A}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ] as const) {
      const reply = await sendBytes(port, bytes);
      expect(reply).toContain(`HTTP/1.1 ${status} `);
      expect(reply.toLowerCase()).not.toContain('access-control');
    }
  });

  it.each([
    [503, true],
    [200, false],
  ])('is a request while the application closes: %i', async (status, return503OnClosing) => {
    const app = await withPolicy(ofA, { return503OnClosing });
    let reached: () => void = () => undefined;
    const isReached = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let finish: () => void = () => undefined;
    app.get('/slow', async (_, reply) => {
      reply.raw.write('x');
      reached();
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      reply.raw.end();
      return reply;
    });
    const { port } = await start(app);
    const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\nOrigin: ${A}\r\n\r\n`;
    const socket = connect(port, '127.0.0.1').setEncoding('latin1');
    let text = '';
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    socket.write(get('/slow'));
    await isReached;
    const closed = app.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.write(get('/'), finish);
    await Promise.all([once(socket, 'close'), closed]);
    const [, second = ''] = text.split(/\r\n0\r\n\r\n/);
    expect(second).toContain(`HTTP/1.1 ${status} `);
    expect(second.includes(`Access-Control-Allow-Origin: ${A}`)).toBe(!return503OnClosing);
  });
});

describe('withCors', () => {
  it.each([
    ["with Fastify's own reply", withCors(), 400],
    ['with a reply', withCors((_, __, reply) => reply.code(404).send('nothing here')), 404],
  ])('brings malformed URLs within reach: %s', async (_, frameworkErrors, status) => {
    const app = await withPolicy(
      { ...ofA, origin: async (origin) => origin === A },
      { frameworkErrors },
    );
    app.get('/p/:parameter', ok);
    const { ask, preflight, send } = await start(app);
    expect((await ask(`/p/${'x'.repeat(101)}`, A))[1]).toBe(A);
    expect(await ask('/%zz', A)).toEqual([status, A]);
    expect(await ask('/%zz', B)).toEqual([status, undefined]);
    expect(await preflight('/%zz', A)).toEqual([204, A]);
    expect(await preflight('/%zz', B)).toEqual([403, undefined]);
    expect((await send('GET', '/%zz')).headers['vary']).toBe('Origin');
  });

  it('logs the error of a predicate', async () => {
    const logged: string[] = [];
    const app = await withPolicy(
      { origin: () => Promise.reject(new Error('boom')) },
      {
        frameworkErrors: withCors(),
        logger: { level: 'error', stream: { write: (line: string) => logged.push(line) } },
      },
    );
    const { send } = await start(app);
    const { status, headers } = await send('GET', '/%zz', { origin: A });
    expect([status, headers['vary']]).toEqual([400, 'Origin']);
    expect(logged.join('')).toContain('boom');
  });

  it('does nothing where cors was not registered', async () => {
    const app = fastify({ frameworkErrors: withCors() });
    const { ask } = await start(app);
    expect(await ask('/%zz', A)).toEqual([400, undefined]);
  });
});

describe('inject', () => {
  it('gives the same replies as a server', async () => {
    const app = await withPolicy(ofA);
    const reply = await app.inject({ url: '/', headers: { origin: A } });
    expect([reply.statusCode, reply.headers['access-control-allow-origin']]).toEqual([200, A]);
    const preflight = await app.inject({
      method: 'OPTIONS',
      url: '/',
      headers: { origin: A, 'access-control-request-method': 'PUT' },
    });
    expect([preflight.statusCode, preflight.headers['vary']]).toEqual([204, 'Origin']);
    await app.close();
  });
});

describe('what is touched', () => {
  const snapshot = (): unknown =>
    [
      ...[
        IncomingMessage,
        OutgoingMessage,
        ServerResponse,
        Http2ServerRequest,
        Http2ServerResponse,
      ],
      ...[Object, Function, Array, Promise, Response],
    ].map(({ prototype }) =>
      Reflect.ownKeys(prototype as object).map((key) => [
        key,
        Object.getOwnPropertyDescriptor(prototype, key),
      ]),
    );
  const ours = Symbol.for('@cors/fastify.applications');
  const globals = () =>
    Reflect.ownKeys(globalThis).filter((key) => !String(key).includes('@cors/'));

  it('is no prototype, no global but the shared maps, and of the reply only writeHead, by both its names, and a symbol', async () => {
    const before = [snapshot(), globals()];
    const keysOf = (incoming: FastifyRequest, reply: FastifyReply) =>
      [incoming, incoming.raw, reply, reply.raw].map((each) => Reflect.ownKeys(each));
    let keys: PropertyKey[][] = [];
    const added: unknown[] = [];
    const app = fastify();
    const ofApp = Reflect.ownKeys(app);
    app.addHook('onRequest', async (incoming, reply) => {
      keys = keysOf(incoming, reply);
    });
    await app.register(cors, ofA);
    expect(Reflect.ownKeys(app)).toEqual(ofApp);
    app.addHook('onRequest', async (incoming, reply) => {
      added.push(
        keysOf(incoming, reply).map((after, index) =>
          after.filter((key) => keys[index]?.includes(key) !== true),
        ),
      );
    });
    app.get('/', ok);
    app.get('/own', { config: { cors: ofB } }, ok);
    const { send } = await start(app);
    await send('GET', '/', { origin: A });
    await send('GET', '/own', { origin: A });
    const own = ['writeHead', 'writeHeader', Symbol.for('@cors/node.commitment')];
    expect(added).toEqual(Array(2).fill([[], [], [], own]));
    expect([snapshot(), globals()]).toEqual(before);
    expect(Reflect.ownKeys(globalThis)).toContain(ours);
  });
});

describe('two copies of the package', () => {
  it('work together in one application', async () => {
    vi.resetModules();
    const copy = await import('../src/index.js');
    const core = await import('@cors/core');
    expect(copy.cors).not.toBe(cors);
    const app = fastify({ frameworkErrors: copy.withCors() });
    await app.register(cors, ofA);
    await app.register(copy.cors, ofA);
    app.put('/', ok);
    app.put('/own', { config: { cors: core.createCors(ofB) } }, ok);
    await app.register(async (inner) => {
      await inner.register(copy.cors, ofB);
      inner.put('/inner', ok);
    });
    const { ask, preflight } = await start(app);
    for (const [path, origin] of [
      ['/', A],
      ['/own', B],
      ['/inner', B],
    ] as const) {
      expect(await ask(path, origin, 'PUT')).toEqual([200, origin]);
      expect(await preflight(path, origin)).toEqual([204, origin]);
      expect(await preflight(path, X)).toEqual([403, undefined]);
    }
    expect(await ask('/%zz', A)).toEqual([400, A]);
    expect(warnings).toEqual([]);
  });
});
