import { createCors, type Decision } from '@cors/core';
import fastify, { type FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import cors from '../src/index.js';
import { A, B, start, X } from './server.js';

const ofA = { origin: A, methods: ['PUT', 'DELETE'] };
const ofB = { origin: B, methods: ['PUT', 'DELETE'], allowedHeaders: ['accept-version'] };
const ofX = { origin: X, methods: ['PUT'] };
const ok = async () => 'ok';

async function withPolicyOfA(options = {}): Promise<FastifyInstance> {
  const app = fastify(options);
  await app.register(cors, ofA);
  return app;
}

describe('config.cors of a route', () => {
  it('decides its requests and its preflights, and no others', async () => {
    const app = await withPolicyOfA();
    app.put('/b', { config: { cors: ofB } }, ok);
    app.get('/b', ok);
    app.put('/a', ok);
    const { ask, preflight } = await start(app);
    expect(await preflight('/b', B)).toEqual([204, B]);
    expect(await preflight('/b', A)).toEqual([403, undefined]);
    expect(await ask('/b', B, 'PUT')).toEqual([200, B]);
    expect(await ask('/b', A, 'PUT')).toEqual([200, undefined]);
    expect(await preflight('/b', A, 'GET')).toEqual([204, A]);
    expect(await preflight('/b', B, 'GET')).toEqual([403, undefined]);
    expect(await ask('/b', A)).toEqual([200, A]);
    expect(await preflight('/a', A)).toEqual([204, A]);
    expect(await preflight('/b', A, 'DELETE')).toEqual([204, A]);
    expect(await ask('/b', A, 'DELETE')).toEqual([404, A]);
  });

  it('may be a Cors, reconfigured later, or `{ policy }`, or false', async () => {
    const policy = createCors({ origin: B, methods: ['PUT'] });
    const app = await withPolicyOfA();
    app.put('/cors', { config: { cors: policy } }, ok);
    app.put('/chosen', { config: { cors: { policy: () => policy } } }, ok);
    app.put('/none', { config: { cors: false } }, async (_, reply) =>
      reply.header('Access-Control-Allow-Origin', 'https://mine.example').send('ok'),
    );
    app.put('/undefined', { config: { cors: undefined } }, ok);
    const { ask, preflight, send } = await start(app);
    for (const path of ['/cors', '/chosen']) {
      expect(await preflight(path, B)).toEqual([204, B]);
      expect(await ask(path, B, 'PUT')).toEqual([200, B]);
    }
    expect(await preflight('/none', A)).toEqual([404, undefined]);
    const { headers } = await send('PUT', '/none', { origin: A });
    expect([headers['access-control-allow-origin'], headers['vary']]).toEqual([
      'https://mine.example',
      undefined,
    ]);
    expect(await preflight('/undefined', A)).toEqual([204, A]);
    policy.reconfigure({ origin: X, methods: ['PUT'] });
    for (const path of ['/cors', '/chosen']) {
      expect(await preflight(path, B)).toEqual([403, undefined]);
      expect(await preflight(path, X)).toEqual([204, X]);
      expect(await ask(path, X, 'PUT')).toEqual([200, X]);
    }
  });

  it('holds for all methods of a route, for the HEAD of a GET, and for parameters and wildcards', async () => {
    const app = await withPolicyOfA();
    app.route({ method: ['PUT', 'DELETE'], url: '/many', config: { cors: ofB }, handler: ok });
    app.get('/get', { config: { cors: ofB } }, ok);
    app.all('/all', { config: { cors: ofB } }, ok);
    app.put('/users/:id(^\\d+$)', { config: { cors: ofB } }, ok);
    app.put('/optional/:id?', { config: { cors: ofB } }, ok);
    app.put('/files/*', { config: { cors: ofB } }, ok);
    app.put('/files/open', ok);
    const { ask, preflight } = await start(app);
    const own = [
      ['/many', 'PUT'],
      ['/many', 'DELETE'],
      ['/get', 'GET'],
      ['/get', 'HEAD'],
      ['/all', 'PUT'],
      ['/all?query=/many', 'PATCH'],
      ['/users/7', 'PUT'],
      ['/optional', 'PUT'],
      ['/optional/7', 'PUT'],
      ['/files/a/b.txt', 'PUT'],
      ['/files/%6Fpenly', 'PUT'],
    ] as const;
    for (const [path, method] of own) {
      expect([path, method, await preflight(path, B, method)]).toEqual([path, method, [204, B]]);
      expect([path, method, await ask(path, B, method)]).toEqual([path, method, [200, B]]);
    }
    for (const path of ['/users/me', '/files/open', '/files/%6Fpen', '/unknown']) {
      expect([path, await preflight(path, B)]).toEqual([path, [403, undefined]]);
      expect([path, (await ask(path, B, 'PUT'))[1]]).toEqual([path, undefined]);
      expect([path, (await preflight(path, A))[1]]).toEqual([path, A]);
    }
    // The OPTIONS of `all` itself, where nothing is announced.
    expect(await ask('/all', B, 'OPTIONS')).toEqual([200, B]);
  });

  it('is compiled when the route is added, with all its problems', async () => {
    const app = await withPolicyOfA();
    const wrong = { origin: 'a.example', maxAge: -1 };
    expect(() => app.get('/', { config: { cors: wrong } }, ok)).toThrow(
      expect.objectContaining({
        code: 'ERR_CORS_CONFIG',
        problems: [{ code: 'origin-scheme-missing' }, { code: 'max-age-invalid' }].map(
          (problem) => expect.objectContaining(problem) as unknown,
        ),
      }) as Error,
    );
    for (const value of [null, true, 'https://a.example', [], { allowOrigins: '*' }]) {
      expect(() => app.get('/', { config: { cors: value as never } }, ok)).toThrow(
        expect.objectContaining({ code: 'ERR_CORS_CONFIG' }) as Error,
      );
    }
    const list = ['https://a.example'];
    app.put('/list', { config: { cors: { origin: list, methods: ['PUT'] } } }, ok);
    list.push(B);
    const { preflight } = await start(app);
    expect(await preflight('/list', B)).toEqual([403, undefined]);
  });

  it.each<[string, (config: object) => object]>([
    ['rebuilds their config', (config) => ({ cors: (config as { cors?: unknown }).cors })],
    ['copies their config', (config) => ({ ...config, tags: [] })],
  ])('holds also where a later hook %s', async (_, change) => {
    const app = await withPolicyOfA();
    app.addHook('onRoute', (route) => {
      route.config = change(route.config ?? {});
    });
    app.put('/b', { config: { cors: ofB } }, ok);
    app.put('/none', { config: { cors: false } }, ok);
    app.put('/a', ok);
    const { ask, preflight } = await start(app);
    expect(await preflight('/b', B)).toEqual([204, B]);
    expect(await ask('/b', B, 'PUT')).toEqual([200, B]);
    expect(await ask('/b', A, 'PUT')).toEqual([200, undefined]);
    expect(await ask('/none', A, 'PUT')).toEqual([200, undefined]);
    expect(await preflight('/none', A)).toEqual([404, undefined]);
    expect(await ask('/a', A, 'PUT')).toEqual([200, A]);
  });

  it.each(['before', 'after'])('may be given by a hook that was added %s cors', async (place) => {
    const app = fastify();
    const addHook = (): unknown =>
      app.addHook('onRoute', (route) => {
        if (route.url.startsWith('/b')) route.config = { ...route.config, cors: ofB };
      });
    if (place === 'before') addHook();
    await app.register(cors, ofA);
    if (place === 'after') addHook();
    app.put('/b', ok);
    app.put('/a', ok);
    const { ask, preflight } = await start(app);
    expect(await preflight('/b', B)).toEqual([204, B]);
    expect(await ask('/b', B, 'PUT')).toEqual([200, B]);
    expect(await preflight('/b', A)).toEqual([403, undefined]);
    expect(await preflight('/a', A)).toEqual([204, A]);
  });

  it('is refused at the start, when a later hook gave a wrong one', async () => {
    const app = await withPolicyOfA();
    app.addHook('onRoute', (route) => {
      route.config = { cors: { origin: 'a.example' } };
    });
    app.put('/', ok);
    await expect(start(app)).rejects.toThrow('origin-scheme-missing');
  });

  it("inherits nothing but the plugin's onDecision, unless it has one", async () => {
    const seen: unknown[] = [];
    const note = (who: string) => (decision: Decision) => seen.push([who, decision.kind]);
    const app = fastify();
    await app.register(cors, { ...ofA, credentials: true, onDecision: note('plugin') });
    app.put('/inherits', { config: { cors: { origin: B } } }, ok);
    app.put('/own', { config: { cors: { origin: B, onDecision: note('route') } } }, ok);
    await app.register(async (inner) => {
      inner.put('/inner', { config: { cors: { origin: B } } }, ok);
      await inner.register(cors, { origin: X, onDecision: note('inner') });
    });
    const { send } = await start(app);
    for (const path of ['/inherits', '/own', '/inner']) {
      const { headers } = await send('PUT', path, { origin: B });
      expect(headers['access-control-allow-credentials']).toBeUndefined();
      await send('OPTIONS', path, { origin: B, 'access-control-request-method': 'PUT' });
    }
    expect(seen).toEqual(
      ['plugin', 'route', 'inner'].flatMap((who) => [
        [who, 'actual'],
        [who, 'preflight'],
      ]),
    );
  });

  it.each([
    ['its own OPTIONS route', (app: FastifyInstance) => app.options('/b', ok)],
    ['an OPTIONS route for everything', (app: FastifyInstance) => app.options('*', ok)],
    [
      'an OPTIONS route with another policy',
      (app: FastifyInstance) => app.options('/b', { config: { cors: ofX } }, ok),
    ],
  ])('decides beside %s', async (_, add) => {
    const app = await withPolicyOfA();
    add(app);
    app.put('/b', { config: { cors: ofB } }, ok);
    app.put('/continue', { config: { cors: { ...ofB, preflightContinue: true } } }, ok);
    app.options('/continue', async (__, reply) => reply.code(299).send());
    const { preflight, send } = await start(app);
    expect(await preflight('/b', B)).toEqual([204, B]);
    expect(await preflight('/b', A)).toEqual([403, undefined]);
    expect(await preflight('/continue', B)).toEqual([299, B]);
    expect((await send('OPTIONS', '/b', { origin: B })).body).toBe('ok');
  });
});

describe('constraints', () => {
  it('of the host tell routes apart, for preflights too', async () => {
    const app = await withPolicyOfA();
    const add = (host: string | RegExp | undefined, policy: typeof ofA) =>
      app.route({
        method: 'PUT',
        url: '/',
        ...(host !== undefined && { constraints: { host } }),
        config: { cors: policy },
        handler: ok,
      });
    add('b.api.example', ofB);
    add(/^x\d?\.api\.example$/, ofX);
    add(undefined, ofA);
    const { ask, preflight } = await start(app);
    for (const [host, origin] of [
      ['b.api.example', B],
      ['x.api.example', X],
      ['x7.api.example', X],
      ['other.example', A],
    ] as const) {
      for (const each of [A, B, X]) {
        const admitted = each === origin ? each : undefined;
        expect((await preflight('/', each, 'PUT', { host }))[1]).toBe(admitted);
        expect((await ask('/', each, 'PUT', { host }))[1]).toBe(admitted);
      }
    }
  });

  it('of the host tell routes apart over HTTP/2, by the authority', async () => {
    const app = fastify({ http2: true });
    await app.register(cors, ofA);
    app.put('/', { constraints: { host: 'b.api.example' }, config: { cors: ofB } }, ok);
    const { ask, preflight } = await start(app, 'HTTP/2');
    const headers = { ':authority': 'b.api.example' };
    expect(await preflight('/', B, 'PUT', headers)).toEqual([204, B]);
    expect(await ask('/', B, 'PUT', headers)).toEqual([200, B]);
    expect(await preflight('/', B)).toEqual([403, undefined]);
  });

  describe('of the version', () => {
    const versioned = async (first: object | false, second: object | false) => {
      const app = await withPolicyOfA();
      app.put('/', { config: { cors: ofA } }, ok);
      app.put(
        '/',
        { constraints: { version: '1.2.0' }, config: { cors: first as typeof ofB } },
        ok,
      );
      app.put(
        '/',
        { constraints: { version: '2.0.0' }, config: { cors: second as typeof ofB } },
        ok,
      );
      return start(app);
    };
    const announce = { 'access-control-request-headers': 'accept-version' };

    it('tell routes apart where the header is sent', async () => {
      const { ask, preflight } = await versioned(ofB, ofX);
      expect(await preflight('/', B, 'PUT', { 'accept-version': '1.x' })).toEqual([204, B]);
      expect(await preflight('/', X, 'PUT', { 'accept-version': '2.x' })).toEqual([204, X]);
      expect(await ask('/', X, 'PUT', { 'accept-version': '2.x' })).toEqual([200, X]);
      expect(await preflight('/', A)).toEqual([204, A]);
      expect(await preflight('/', B)).toEqual([403, undefined]);
    });

    it('need not, where the header is only announced and all versions agree', async () => {
      const { preflight } = await versioned(ofB, { ...ofB });
      expect(await preflight('/', B, 'PUT', announce)).toEqual([204, B]);
      expect(await preflight('/', A, 'PUT', announce)).toEqual([403, undefined]);
      const others = { 'access-control-request-headers': 'x-accept-version,x-a' };
      expect(await preflight('/', A, 'PUT', others)).toEqual([204, A]);
    });

    it.each([
      [ofB, ofX],
      [ofB, false],
      [false, ofB],
    ] as const)('are in conflict where it is only announced: %o, %o', async (first, second) => {
      const { preflight } = await versioned(first, second);
      for (const origin of [A, B, X]) {
        expect(await preflight('/', origin, 'PUT', announce)).toEqual([403, undefined]);
      }
    });
  });

  it.each(['constraints', 'routerOptions', 'addConstraintStrategy'])(
    "of the application's own (%s) must agree, or are in conflict",
    async (way) => {
      const strategy = {
        name: 'tenant',
        validate: () => undefined,
        storage: () => {
          const kept = new Map<unknown, unknown>();
          return {
            get: (key: unknown) => kept.get(key) ?? null,
            set: (key: unknown, value: unknown) => void kept.set(key, value),
          };
        },
        deriveConstraint: (request: { headers: Record<string, unknown> }) =>
          request.headers['x-tenant'],
      } as never;
      const constraints = { tenant: strategy };
      const app = fastify(
        way === 'constraints'
          ? { constraints }
          : way === 'routerOptions'
            ? { routerOptions: { constraints } }
            : {},
      );
      if (way === 'addConstraintStrategy') app.addConstraintStrategy(strategy);
      await app.register(cors, ofA);
      app.put('/same', { constraints: { tenant: 'b' }, config: { cors: ofB } }, ok);
      app.put('/same', { constraints: { tenant: 'c' }, config: { cors: { ...ofB } } }, ok);
      app.put('/differ', { constraints: { tenant: 'b' }, config: { cors: ofB } }, ok);
      app.put('/differ', ok);
      // The first is met by one tenant only, and another one comes to the second.
      app.put('/files/open', { constraints: { tenant: 'b' }, config: { cors: ofB } }, ok);
      app.put('/files/*', { constraints: { tenant: 'c' }, config: { cors: ofX } }, ok);
      const { ask, preflight } = await start(app);
      expect(await preflight('/same', B)).toEqual([204, B]);
      expect(await preflight('/same', A)).toEqual([403, undefined]);
      expect(await preflight('/differ', A)).toEqual([403, undefined]);
      expect(await preflight('/differ', B)).toEqual([403, undefined]);
      expect(await ask('/differ', B, 'PUT', { 'x-tenant': 'b' })).toEqual([200, B]);
      expect(await ask('/differ', A, 'PUT')).toEqual([200, A]);
      expect(await preflight('/files/open', B)).toEqual([403, undefined]);
      expect(await ask('/files/open', X, 'PUT', { 'x-tenant': 'c' })).toEqual([200, X]);
      expect(await preflight('/files/other', X)).toEqual([204, X]);
    },
  );

  it("of a version strategy of the application's own are not taken for the one built in", async () => {
    const app = fastify({
      routerOptions: {
        constraints: {
          version: {
            name: 'version',
            storage: () => {
              const kept = new Map<unknown, unknown>();
              return {
                get: (key: unknown) => kept.get(key) ?? null,
                set: (key: unknown, value: unknown) => void kept.set(key, value),
              };
            },
            deriveConstraint: (request: { url?: string }) => request.url?.split('v=')[1],
          } as never,
        },
      },
    });
    await app.register(cors, ofA);
    app.put('/', { constraints: { version: '1' }, config: { cors: ofB } }, ok);
    const { ask, preflight } = await start(app);
    expect(await preflight('/?v=1', B)).toEqual([204, B]);
    expect(await ask('/?v=1', B, 'PUT')).toEqual([200, B]);
  });
});

describe('URLs are understood as the application does', () => {
  it.each([
    ['trailing slashes', { ignoreTrailingSlash: true }, '/b/'],
    ['duplicate slashes', { ignoreDuplicateSlashes: true }, '//b'],
    ['case', { caseSensitive: false }, '/B'],
    ['semicolons', { useSemicolonDelimiter: true }, '/b;c=1'],
    ['long parameters', { maxParamLength: 200 }, `/p/${'x'.repeat(150)}`],
  ])('%s', async (_, routerOptions, path) => {
    const app = await withPolicyOfA({ routerOptions });
    app.put('/b', { config: { cors: ofB } }, ok);
    app.put('/p/:parameter', { config: { cors: ofB } }, ok);
    const { ask, preflight } = await start(app);
    expect(await preflight(path, B)).toEqual([204, B]);
    expect(await ask(path, B, 'PUT')).toEqual([200, B]);
    const strict = await withPolicyOfA();
    strict.put('/b', { config: { cors: ofB } }, ok);
    const plain = await start(strict);
    expect(await plain.preflight(path, B)).toEqual([403, undefined]);
    expect(await plain.ask(path, B, 'PUT')).toEqual([404, undefined]);
  });

  it('rewritten ones', async () => {
    const app = await withPolicyOfA({
      rewriteUrl: ({ url = '/' }: { url?: string }) => url.replace('/outside', ''),
    });
    app.put('/b', { config: { cors: ofB } }, ok);
    const { ask, preflight } = await start(app);
    expect(await preflight('/outside/b', B)).toEqual([204, B]);
    expect(await ask('/outside/b', B, 'PUT')).toEqual([200, B]);
  });

  it.each([
    ['both', ['/api', '/api/']],
    ['slash', ['/api/']],
    ['no-slash', ['/api']],
  ] as const)('the root of a prefix: %s', async (prefixTrailingSlash, paths) => {
    const app = await withPolicyOfA();
    await app.register(
      async (inner) => {
        inner.put('/', { prefixTrailingSlash, config: { cors: ofB } }, ok);
        inner.get('/', { prefixTrailingSlash, config: { cors: ofB } }, ok);
      },
      { prefix: '/api' },
    );
    const { ask, preflight } = await start(app);
    for (const path of ['/api', '/api/']) {
      const isThere = (paths as readonly string[]).includes(path);
      for (const method of ['PUT', 'GET', 'HEAD']) {
        expect([path, method, (await preflight(path, B, method))[1]]).toEqual([
          path,
          method,
          isThere ? B : undefined,
        ]);
        expect(await ask(path, B, method)).toEqual(isThere ? [200, B] : [404, undefined]);
      }
    }
  });
});
