import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import session from '@fastify/session';
import staticFiles from '@fastify/static';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import cors from '../src/index.js';
import { A, type Reply, start, X } from './server.js';

declare module 'fastify' {
  interface Session {
    user: string;
  }
}

const policy = { origin: A, credentials: true, methods: ['PUT'] };
const folder = mkdtempSync(join(tmpdir(), 'cors-fastify-'));
writeFileSync(join(folder, 'file.txt'), 'x'.repeat(5_000));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const sessionOptions = {
  secret: 'a secret of more than thirty-two bytes',
  cookie: { secure: false },
};

const companies: readonly (readonly [
  name: string,
  register: (app: FastifyInstance) => unknown,
  check: (reply: Reply, kind: 'preflight' | 'actual' | 'error') => void,
])[] = [
  [
    '@fastify/helmet',
    (app) => app.register(helmet),
    ({ headers }) => {
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      });
    },
  ],
  [
    '@fastify/compress',
    (app) => app.register(compress, { threshold: 1 }),
    ({ headers }, kind) => {
      if (kind === 'actual') {
        expect(headers['content-encoding']).toBe('gzip');
        expect(headers['vary']).toMatch(/accept-encoding/i);
      }
    },
  ],
  [
    '@fastify/cookie',
    (app) => {
      void app.register(cookie);
      app.addHook('onRequest', async (_, reply) => {
        reply.setCookie('a', '1').setCookie('b', '2');
      });
    },
    ({ headers }, kind) => {
      if (kind !== 'preflight')
        expect(headers['set-cookie']).toEqual(['a=1; SameSite=Lax', 'b=2; SameSite=Lax']);
    },
  ],
  [
    '@fastify/session',
    (app) => {
      void app.register(cookie);
      void app.register(session, sessionOptions);
      app.addHook('preHandler', async (request) => {
        request.session.set('user', 'somebody');
      });
    },
    ({ headers }, kind) => {
      if (kind === 'actual') expect(String(headers['set-cookie'])).toContain('sessionId=');
    },
  ],
];

describe.each(companies)('%s', (_, register, check) => {
  it.each(['before', 'after'])('%s cors', async (place) => {
    const app = fastify();
    if (place === 'before') await register(app);
    await app.register(cors, policy);
    if (place === 'after') await register(app);
    await app.register(async (routes) => {
      routes.get('/', async (__, reply) => reply.header('Vary', 'Accept').send('x'.repeat(5_000)));
      routes.get('/error', async () => Promise.reject(new Error('no')));
    });
    const { send } = await start(app);
    for (const origin of [A, X]) {
      const expected = origin === A ? A : undefined;
      const accept = { origin, 'accept-encoding': 'gzip' };
      const preflight = await send('OPTIONS', '/', {
        ...accept,
        'access-control-request-method': 'PUT',
      });
      expect([preflight.status, preflight.body]).toEqual([origin === A ? 204 : 403, '']);
      const actual = await send('GET', '/', accept);
      expect(actual.status).toBe(200);
      const error = await send('GET', '/error', accept);
      expect(error.status).toBe(500);
      for (const [kind, reply] of Object.entries({ preflight, actual, error })) {
        expect([kind, reply.headers['access-control-allow-origin']]).toEqual([kind, expected]);
        expect([kind, reply.headers['vary']]).toEqual([kind, expect.stringMatching(/Origin$/)]);
        if (place === 'before' || kind !== 'preflight') check(reply, kind as 'actual');
      }
    }
  });
});

describe('@fastify/static', () => {
  it('after cors, with compression', async () => {
    const app = fastify();
    await app.register(cors, policy);
    await app.register(compress, { threshold: 1 });
    await app.register(staticFiles, { root: folder, prefix: '/files/' });
    const { ask, preflight, send } = await start(app);
    const reply = await send('GET', '/files/file.txt', { origin: A, 'accept-encoding': 'gzip' });
    expect(reply.headers).toMatchObject({
      'access-control-allow-origin': A,
      'content-encoding': 'gzip',
      vary: 'accept-encoding, Origin',
    });
    expect(await ask('/files/none.txt', A)).toEqual([404, A]);
    expect(await ask('/files/file.txt', A, 'HEAD')).toEqual([200, A]);
    expect(await preflight('/files/file.txt', A, 'GET')).toEqual([204, A]);
  });

  it('before cors is refused: it adds routes', async () => {
    const app = fastify();
    await app.register(staticFiles, { root: folder });
    await expect(app.register(cors, policy)).rejects.toThrow('were added before it was registered');
    await app.close();
  });
});

it('all together', async () => {
  const app = fastify();
  await app.register(cors, policy);
  await app.register(helmet);
  await app.register(compress, { threshold: 1 });
  await app.register(cookie);
  await app.register(session, sessionOptions);
  await app.register(staticFiles, { root: folder });
  app.get('/visit', async (request) => {
    request.session.set('user', 'somebody');
    return 'x'.repeat(2_000);
  });
  const { send } = await start(app);
  for (const path of ['/visit', '/file.txt']) {
    const reply = await send('GET', path, { origin: A });
    expect([reply.status, reply.headers['access-control-allow-origin']]).toEqual([200, A]);
    expect(reply.headers['vary']).toMatch(/Origin$/);
  }
});
