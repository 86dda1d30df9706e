import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import staticFiles from '@fastify/static';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import cors from '../src/index.js';
import { A, start, X } from './server.js';

const policy = { origin: A, credentials: true, methods: ['PUT'], exposedHeaders: ['X-A'] };
const own = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Max-Age': '5', Vary: 'Accept' };

const folder = mkdtempSync(join(tmpdir(), 'cors-fastify-'));
writeFileSync(join(folder, 'file.txt'), 'a file');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Case {
  readonly add: (app: FastifyInstance) => unknown;
  readonly status: number;
  readonly vary?: string;
  readonly body?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly payload?: string;
  readonly fields?: Record<string, unknown>;
}

/** Everything is asked for at `/`, unless the application has no such route. */
const cases: Record<string, Case> = {
  'reply.header': {
    add: (app) => app.get('/', async (_, reply) => reply.headers(own).send('ok')),
    status: 200,
    vary: 'Accept, Origin',
    body: 'ok',
  },
  'reply.raw.setHeader': {
    add: (app) =>
      app.get('/', (_, reply) => {
        for (const [name, value] of Object.entries(own)) reply.raw.setHeader(name, value);
        reply.send('ok');
      }),
    status: 200,
    vary: 'Accept, Origin',
  },
  'both, and a list of cookies': {
    add: (app) =>
      app.get('/', (_, reply) => {
        reply.raw.setHeader('Vary', 'Accept-Language');
        reply.raw.setHeader('X-Raw', '1');
        reply.headers(own).header('Set-Cookie', ['a=1', 'b=2']).send('ok');
      }),
    status: 200,
    vary: 'Accept, Origin',
    fields: { 'set-cookie': ['a=1', 'b=2'], 'x-raw': '1' },
  },
  'headers set in onSend': {
    add: (app) =>
      app.addHook('onSend', async (_, reply) => void reply.headers(own)).get('/', async () => 'ok'),
    status: 200,
    vary: 'Accept, Origin',
  },
  'a hijacked reply with writeHead': {
    add: (app) =>
      app.get('/', (_, reply) => {
        reply.hijack();
        reply.raw.writeHead(200, own);
        reply.raw.end('ok');
      }),
    status: 200,
    vary: 'Accept, Origin',
    body: 'ok',
  },
  'a hijacked reply, flushed': {
    add: (app) =>
      app.get('/', (_, reply) => {
        reply.hijack();
        reply.raw.flushHeaders();
        setTimeout(() => reply.raw.end('ok'), 5);
      }),
    status: 200,
    body: 'ok',
  },
  'writeHead before send': {
    add: (app) =>
      app.get('/', (_, reply) => {
        reply.raw.writeHead(202, own);
        reply.raw.end('raw');
        return reply;
      }),
    status: 202,
    vary: 'Accept, Origin',
  },
  'a value of JSON, with a serializer': {
    add: (app) =>
      app.get(
        '/',
        {
          schema: { response: { 200: { type: 'object', properties: { a: { type: 'number' } } } } },
        },
        async () => ({ a: 1, b: 2 }),
      ),
    status: 200,
    body: '{"a":1}',
  },
  'a stream': {
    add: (app) =>
      app.get('/', async (_, reply) => reply.headers(own).send(Readable.from(['a', 'b']))),
    status: 200,
    vary: 'Accept, Origin',
    body: 'ab',
  },
  'a stream of the web': {
    add: (app) =>
      app.get('/', async (_, reply) => reply.headers(own).send(new Response('web').body)),
    status: 200,
    vary: 'Accept, Origin',
    body: 'web',
  },
  'a Response': {
    add: (app) => app.get('/', async () => new Response('web', { status: 203, headers: own })),
    status: 203,
    vary: 'Accept, Origin',
    body: 'web',
  },
  'an immutable Response': {
    add: (app) => app.get('/', async () => Response.redirect('https://api.example/', 307)),
    status: 307,
  },
  'a stream that fails before the head': {
    add: (app) =>
      app.get('/', async (_, reply) =>
        reply.send(
          new Readable({
            read() {
              this.destroy(new Error('nothing to read'));
            },
          }),
        ),
      ),
    status: 500,
  },
  trailers: {
    add: (app) =>
      app.get('/', async (_, reply) =>
        reply.trailer('etag', (__, ___, done) => done(null, 'x')).send('ok'),
      ),
    status: 200,
    body: 'ok',
  },
  'a redirect': {
    add: (app) => app.get('/', async (_, reply) => reply.headers(own).redirect('/there', 308)),
    status: 308,
    vary: 'Accept, Origin',
  },
  '204': { add: (app) => app.get('/', async (_, reply) => reply.code(204).send()), status: 204 },
  HEAD: { add: (app) => app.get('/', async () => 'ok'), method: 'HEAD', status: 200, body: '' },
  'a thrown error': {
    add: (app) =>
      app.get('/', (_, reply) => {
        reply.headers(own);
        throw new Error('no');
      }),
    status: 500,
    vary: 'Accept, Origin',
  },
  'a rejected promise': {
    add: (app) => app.get('/', () => Promise.reject(new Error('no'))),
    status: 500,
  },
  'an error with headers of its own': {
    add: (app) =>
      app.get('/', async () => {
        throw Object.assign(new Error('no'), { statusCode: 418, headers: own });
      }),
    status: 418,
    vary: 'Accept, Origin',
  },
  'a custom error handler': {
    add: (app) => {
      app.setErrorHandler(async (_, __, reply) => reply.code(502).headers(own).send('handled'));
      app.get('/', () => Promise.reject(new Error('no')));
    },
    status: 502,
    vary: 'Accept, Origin',
    body: 'handled',
  },
  'an error handler that fails': {
    add: (app) => {
      app.setErrorHandler(() => {
        throw new Error('worse');
      });
      app.get('/', () => Promise.reject(new Error('no')));
    },
    status: 500,
  },
  'an error handler that writes raw': {
    add: (app) => {
      app.setErrorHandler((_, __, reply) => {
        reply.hijack();
        reply.raw.writeHead(500, own);
        reply.raw.end('raw');
      });
      app.get('/', () => Promise.reject(new Error('no')));
    },
    status: 500,
    vary: 'Accept, Origin',
    body: 'raw',
  },
  'an invalid header on an error': {
    add: (app) =>
      app.get('/', async () => {
        throw Object.assign(new Error('no'), { headers: { 'X-Wrong': 'a\nb' } });
      }),
    status: 500,
  },
  '400 of a schema': {
    add: (app) =>
      app.get(
        '/',
        { schema: { querystring: { type: 'object', required: ['q'], properties: { q: {} } } } },
        async () => 'ok',
      ),
    status: 400,
  },
  '400 of a body that is no JSON': {
    add: (app) => app.post('/', async () => 'ok'),
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    payload: '{',
    status: 400,
  },
  '401 of a hook': {
    add: (app) => {
      app.addHook('onRequest', async (_, reply) => reply.code(401).send('who are you?'));
      app.get('/', async () => 'ok');
    },
    status: 401,
  },
  '404 of a handler': {
    add: (app) =>
      app.get('/', (_, reply) => {
        reply.callNotFound();
      }),
    status: 404,
  },
  '404, unknown': { add: () => undefined, status: 404 },
  '404, of its own handler': {
    add: (app) =>
      app.setNotFoundHandler(async (_, reply) => reply.code(404).headers(own).send('nothing here')),
    status: 404,
    vary: 'Accept, Origin',
    body: 'nothing here',
  },
  '404, another method': { add: (app) => app.post('/', async () => 'ok'), status: 404 },
  '405': {
    add: (app) =>
      app.all('/', async (_, reply) => reply.code(405).header('Allow', 'POST').send('no')),
    status: 405,
  },
  '413': {
    add: (app) => app.post('/', { bodyLimit: 5 }, async () => 'ok'),
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    payload: 'too long',
    status: 413,
  },
  '415': {
    add: (app) => app.post('/', async () => 'ok'),
    method: 'POST',
    headers: { 'content-type': 'image/png' },
    payload: 'no image',
    status: 415,
  },
  '429': {
    add: (app) => {
      app.addHook('preHandler', async (_, reply) =>
        reply.code(429).header('Retry-After', '1').send('later'),
      );
      app.get('/', async () => 'ok');
    },
    status: 429,
  },
  '503 after a limit of time': {
    add: (app) => app.get('/', { handlerTimeout: 10 }, () => new Promise(() => undefined)),
    status: 503,
  },
  'a static file': {
    add: (app) => app.register(staticFiles, { root: folder, index: 'file.txt' }),
    status: 200,
    body: 'a file',
  },
  'a part of a static file': {
    add: (app) => app.register(staticFiles, { root: folder, index: 'file.txt' }),
    headers: { range: 'bytes=2-5' },
    status: 206,
    body: 'file',
  },
  'a static file that is not there': {
    add: (app) => app.register(staticFiles, { root: folder }),
    status: 404,
  },
};

describe.each(['HTTP/1.1', 'HTTP/2'] as const)('over %s', (protocol) => {
  it.each(Object.entries(cases))('the headers are on %s', async (_, each) => {
    const app = fastify(
      protocol === 'HTTP/2' ? ({ http2: true } as object) : {},
    ) as FastifyInstance;
    await app.register(cors, policy);
    await each.add(app);
    const { send } = await start(app, protocol);
    const { method = 'GET', headers = {}, payload = '', fields = {} } = each;
    for (const origin of [A, X]) {
      const reply = await send(method, '/', { origin, ...headers }, payload);
      expect([reply.status, each.body === undefined ? undefined : reply.body]).toEqual([
        each.status,
        each.body,
      ]);
      expect(reply.headers).toMatchObject({ vary: each.vary ?? 'Origin', ...fields });
      const ours = Object.entries(reply.headers).filter(([name]) =>
        name.startsWith('access-control-'),
      );
      expect(Object.fromEntries(ours)).toEqual(
        origin === A
          ? {
              'access-control-allow-origin': A,
              'access-control-allow-credentials': 'true',
              'access-control-expose-headers': 'X-A',
            }
          : {},
      );
    }
  });

  it.each<[string, (app: FastifyInstance) => unknown]>([
    ['no route', () => undefined],
    ['a route without that method', (app) => app.get('/', async () => 'ok')],
    ['an OPTIONS route', (app) => app.options('/', async () => 'mine')],
    ['a route for every method', (app) => app.all('/', async () => 'mine')],
    [
      'a login',
      (app) => app.addHook('onRequest', async (_, reply) => reply.code(401).send('who are you?')),
    ],
    [
      'a handler for what is not found, with a login',
      (app) =>
        app.setNotFoundHandler(
          {
            preHandler: (_: FastifyRequest, reply: FastifyReply) => {
              reply.code(401).send('who are you?');
            },
          },
          (_, reply) => reply.code(404).send('nothing here'),
        ),
    ],
    [
      'a prefix',
      (app) => app.register(async (inner) => inner.get('/', async () => 'ok'), { prefix: '/' }),
    ],
  ])('a preflight is answered, with %s', async (_, add) => {
    const app = fastify(
      protocol === 'HTTP/2' ? ({ http2: true } as object) : {},
    ) as FastifyInstance;
    await app.register(cors, policy);
    await add(app);
    const { send } = await start(app, protocol);
    const announced = { 'access-control-request-method': 'PUT' };
    for (const path of ['/', '/else']) {
      const allowed = await send('OPTIONS', path, { origin: A, ...announced });
      expect([allowed.status, allowed.body, allowed.headers['content-length']]).toEqual([
        204,
        '',
        undefined,
      ]);
      expect(allowed.headers).toMatchObject({
        'access-control-allow-origin': A,
        'access-control-allow-methods': 'PUT',
        vary: 'Origin',
      });
      const denied = await send('OPTIONS', path, { origin: X, ...announced });
      expect([denied.status, denied.body, denied.headers['content-length']]).toEqual([
        403,
        '',
        '0',
      ]);
      expect(denied.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('a static file that the page has already is not sent again', async () => {
    const app = fastify(
      protocol === 'HTTP/2' ? ({ http2: true } as object) : {},
    ) as FastifyInstance;
    await app.register(cors, policy);
    await app.register(staticFiles, { root: folder });
    const { send } = await start(app, protocol);
    const first = await send('GET', '/file.txt', { origin: A });
    const again = { origin: A, 'if-none-match': String(first.headers['etag']) };
    const second = await send('GET', '/file.txt', again);
    expect([
      second.status,
      second.headers['access-control-allow-origin'],
      second.headers['vary'],
    ]).toEqual([304, A, 'Origin']);
  });

  it('what hooks add to a preflight is kept', async () => {
    const app = fastify(
      protocol === 'HTTP/2' ? ({ http2: true } as object) : {},
    ) as FastifyInstance;
    app.addHook('onRequest', async (_, reply) => void reply.header('X-Before', '1'));
    await app.register(cors, policy);
    app.addHook('onSend', async (_, reply) => void reply.header('X-On-Send', '1'));
    const { send } = await start(app, protocol);
    const { status, headers } = await send('OPTIONS', '/', {
      origin: A,
      'access-control-request-method': 'PUT',
    });
    expect([status, headers['x-before'], headers['x-on-send']]).toEqual([204, '1', '1']);
  });
});

it.each(['reply', 'raw'])('a preflight has one length, whatever %s had before', async (where) => {
  const app = fastify();
  app.addHook('onRequest', async (_, reply) => {
    const fields = { 'Content-Length': '5', 'Transfer-Encoding': 'chunked' };
    for (const [name, value] of Object.entries(fields)) {
      if (where === 'raw') reply.raw.setHeader(name, value);
      else reply.header(name, value);
    }
  });
  await app.register(cors, policy);
  const { send } = await start(app);
  for (const [origin, length] of [
    [A, undefined],
    [X, '0'],
  ] as const) {
    const announced = { 'access-control-request-method': 'PUT' };
    const { headers } = await send('OPTIONS', '/', { origin, ...announced });
    expect([headers['content-length'], headers['transfer-encoding']]).toEqual([length, undefined]);
  }
});

it('the headers are on a hijacked reply with writeHeader, the old name of writeHead', async () => {
  const app = fastify();
  await app.register(cors, policy);
  app.get('/', (_, reply) => {
    reply.hijack();
    const { writeHeader } = reply.raw as unknown as { writeHeader: ServerResponse['writeHead'] };
    writeHeader.call(reply.raw, 200, { Vary: 'Accept' });
    reply.raw.end('ok');
  });
  const { send } = await start(app);
  for (const [origin, allowed] of [
    [A, A],
    [X, undefined],
  ] as const) {
    const { headers } = await send('GET', '/', { origin });
    expect([headers['access-control-allow-origin'], headers['vary']]).toEqual([
      allowed,
      'Accept, Origin',
    ]);
  }
});
