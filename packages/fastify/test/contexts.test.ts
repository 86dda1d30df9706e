import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCors, type Decision } from '@cors/core';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { describe, expect, it } from 'vitest';
import cors from '../src/index.js';
import { A, B, start, X } from './server.js';

const ofA = { origin: A, methods: ['PUT'] };
const ofB = { origin: B, methods: ['PUT'] };
const ofX = { origin: X, methods: ['PUT'] };
const ok = async () => 'ok';

/** Who is admitted by requests and by preflights: the same always. */
const admitted = async (
  { ask, preflight }: Awaited<ReturnType<typeof start>>,
  path: string,
): Promise<readonly string[]> => {
  const origins: string[] = [];
  for (const origin of [A, B, X]) {
    const [, byRequest] = await ask(path, origin, 'PUT');
    const [, byPreflight] = await preflight(path, origin);
    expect([path, origin, byPreflight]).toEqual([path, origin, byRequest]);
    if (byRequest !== undefined) origins.push(origin);
  }
  return origins;
};

describe('registered again further in', () => {
  const app = async (): Promise<FastifyInstance> => {
    const outer = fastify();
    await outer.register(cors, ofA);
    outer.put('/', ok);
    await outer.register(
      async (inner) => {
        inner.put('/before', ok);
        await inner.register(cors, ofB);
        inner.put('/', ok);
        inner.put('/own', { config: { cors: ofX } }, ok);
        inner.setNotFoundHandler(async (_, reply) => reply.code(404).send('nothing here'));
        await inner.register(
          async (innermost) => {
            innermost.put('/', ok);
            await innermost.register(
              async (last) => {
                await last.register(cors, ofX);
                last.put('/', ok);
              },
              { prefix: '/last' },
            );
          },
          { prefix: '/more' },
        );
      },
      { prefix: '/inner' },
    );
    await outer.register(async (other) => other.put('/other', ok));
    return outer;
  };

  it('decides there, and no further out, for requests and for preflights', async () => {
    const running = await start(await app());
    for (const [path, origin] of [
      ['/', A],
      ['/other', A],
      ['/unknown', A],
      ['/inner', B],
      ['/inner/', B],
      ['/inner/before', B],
      ['/inner/unknown', B],
      ['/inner/own', X],
      ['/inner/more', B],
      ['/inner/more/last', X],
    ] as const) {
      expect([path, await admitted(running, path)]).toEqual([path, [origin]]);
    }
  });

  it('is asked once a request', async () => {
    const calls: string[] = [];
    const decisions: Decision[] = [];
    const policy = createCors(ofB);
    const outer = fastify();
    await outer.register(cors, {
      origin: () => {
        calls.push('outer');
        return true;
      },
    });
    await outer.register(async (inner) => {
      await inner.register(cors, {
        policy: () => {
          calls.push('inner');
          return policy;
        },
        onDecision: (decision) => decisions.push(decision),
      });
      inner.put('/', ok);
    });
    const { ask } = await start(outer);
    expect(await ask('/', B, 'PUT')).toEqual([200, B]);
    expect(calls).toEqual(['inner']);
    expect(decisions).toHaveLength(1);
  });

  it('holds where the inner one is loaded after its routes', async () => {
    const outer = fastify();
    await outer.register(cors, ofA);
    void outer.register(async (inner) => {
      void inner.register(cors, ofB);
      inner.put('/', ok);
    });
    const running = await start(outer);
    expect(await admitted(running, '/')).toEqual([B]);
    expect(await admitted(running, '/unknown')).toEqual([A]);
  });
});

describe('registered further in only', () => {
  it('decides there, and sees the preflights that Fastify gives to the root', async () => {
    const outer = fastify();
    await outer.register(
      async (inner) => {
        await inner.register(cors, ofB);
        inner.put('/', ok);
        inner.put('/own', { config: { cors: ofX } }, ok);
        await inner.register(async (more) => more.put('/more', ok));
      },
      { prefix: '/inner' },
    );
    await outer.register(
      async (inner) => {
        await inner.register(cors, ofA);
        inner.put('/', ok);
      },
      { prefix: '/second' },
    );
    outer.put('/', ok);
    const running = await start(outer);
    for (const [path, origins] of [
      ['/inner', [B]],
      ['/inner/own', [X]],
      ['/inner/more', [B]],
      ['/second', [A]],
      ['/', []],
      ['/unknown', []],
    ] as const) {
      expect([path, await admitted(running, path)]).toEqual([path, origins]);
    }
    expect(await running.preflight('/inner', A)).toEqual([403, undefined]);
    expect(await running.preflight('/', A)).toEqual([404, undefined]);
    const { headers } = await running.send('GET', '/', { origin: A });
    expect(headers['vary']).toBeUndefined();
  });

  // As fastify-cli does.
  it('serves an application that is a plugin as a whole, without prefix', async () => {
    const outer = fastify();
    await outer.register(async (whole) => {
      await whole.register(
        fastifyPlugin(async (plugin: FastifyInstance) => {
          await plugin.register(cors, ofA);
        }),
      );
      whole.addHook('onRequest', async (_, reply) => reply.code(401).send('who are you?'));
      whole.setNotFoundHandler(async (_, reply) => reply.code(404).send('nothing here'));
      await whole.register(async (routes) => routes.put('/', ok), { prefix: '/api' });
    });
    const running = await start(outer);
    expect(await admitted(running, '/api')).toEqual([A]);
    expect(await admitted(running, '/unknown')).toEqual([A]);
    expect(await running.preflight('/api', A)).toEqual([204, A]);
    expect(await running.ask('/api', A, 'PUT')).toEqual([401, A]);
  });
});

/** A route for OPTIONS in the root, and a plugin with a policy and a not-found handler of its own. */
const withPlugin = async (prefix: string): Promise<FastifyInstance> => {
  const app = fastify();
  await app.register(cors, ofA);
  app.options('*', ok);
  await app.register(
    async (inner) => {
      await inner.register(cors, ofB);
      inner.setNotFoundHandler(async (_, reply) => reply.code(404).send('nothing here'));
      inner.put('/', ok);
    },
    { prefix },
  );
  return app;
};

it('admits nobody to what may be another plugin’s to refuse, behind a route for OPTIONS', async () => {
  const { ask, preflight } = await start(await withPlugin('/inner'));
  expect(await preflight('/inner', B)).toEqual([204, B]);
  expect(await ask('/inner/unknown', B, 'PUT')).toEqual([404, B]);
  expect(await preflight('/inner/unknown', B)).toEqual([403, undefined]);
  expect(await preflight('/inner/unknown', A)).toEqual([403, undefined]);
  expect(await preflight('/unknown', A)).toEqual([204, A]);
  expect(await preflight('/unknown', B)).toEqual([403, undefined]);
});

it('admits nobody to what no plugin may answer, behind a route for OPTIONS', async () => {
  const app = fastify();
  app.options('*', ok);
  await app.register(async (inner) => inner.register(cors, ofB), { prefix: '/inner' });
  const { preflight } = await start(app);
  expect(await preflight('/inner/unknown', B)).toEqual([403, undefined]);
  expect(await preflight('/unknown', B)).toEqual([200, undefined]);
});

it.each<[string, string, string, readonly unknown[]]>([
  ['a name that begins alike', '/api', '/api-docs/x', [200, A]],
  ['a parameter', '/:tenant', '/t/unknown', [403, undefined]],
  ['a prefix that is written otherwise', '/api', '/%61pi/unknown', [403, undefined]],
])(
  'tells whose a preflight is by prefix, behind a route for OPTIONS: %s',
  async (_, prefix, path, expected) => {
    const { preflight, ask } = await start(await withPlugin(prefix));
    const [status, grant] = await preflight(path, A);
    expect([status === 403 ? 403 : 200, grant]).toEqual(expected);
    const [, byRequest] = await ask(path, A, 'PUT');
    expect(byRequest).toBe(expected[1]);
  },
);

it('is there for each of several applications on one server', async () => {
  let listener: ((...parameters: unknown[]) => unknown) | undefined;
  const server = createServer((...parameters) => void listener?.(...parameters));
  const make = async (): Promise<FastifyInstance> => {
    const app = fastify({
      serverFactory: (handler) => {
        listener = handler as never;
        return server;
      },
    });
    await app.register(cors, ofA);
    app.put('/', ok);
    await app.ready();
    return app;
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  for (let round = 0; round < 2; round += 1) {
    await make();
    for (const [method, status] of [
      ['PUT', 200],
      ['OPTIONS', 204],
    ] as const) {
      const headers = { origin: A, 'access-control-request-method': 'PUT', connection: 'close' };
      const reply = await fetch(`http://127.0.0.1:${String(port)}/`, { method, headers });
      expect([reply.status, reply.headers.get('access-control-allow-origin')]).toEqual([status, A]);
    }
  }
  await new Promise((resolve) => server.close(resolve));
});

describe('registered late', () => {
  it.each([
    ['in the root', (app: FastifyInstance) => app.register(cors, ofA)],
    [
      'further in',
      (app: FastifyInstance) =>
        app.register(async (inner) => {
          await inner.register(cors, ofA);
        }),
    ],
    [
      'further in, below the prefix',
      (app: FastifyInstance) =>
        app.register(
          async (inner) => {
            inner.put('/:id(^\\d+$)', ok);
            await inner.register(async (innermost) => innermost.put('/', ok), { prefix: '/more' });
            await inner.register(cors, ofA);
          },
          { prefix: '/api' },
        ),
    ],
  ])('fails, when routes are there already: %s', async (_, register) => {
    const app = fastify();
    void register(app);
    app.get('/', ok);
    await expect(start(app)).rejects.toThrow(/`await app\.register\(cors, options\)` before/);
  });

  it('fails in the root, after routes and a plugin with a cors of its own', async () => {
    const app = fastify();
    await app.register(
      async (first) => {
        first.put('/', { config: { cors: ofX } }, ok);
        await first.register(async (inner) => inner.register(cors, ofB), { prefix: '/inner' });
      },
      { prefix: '/first' },
    );
    await expect(app.register(cors, ofA)).rejects.toThrow('were added before');
    await app.close();
  });

  it('fails below the prefix beside a route for everything', async () => {
    const app = fastify();
    app.options('*', ok);
    app.put('/api/x', ok);
    await expect(
      app.register(async (inner) => inner.register(cors, ofA), { prefix: '/api' }),
    ).rejects.toThrow('were added before');
    await app.close();
  });

  it('does not fail for routes that a plugin with a prefix does not cover', async () => {
    const app = fastify();
    for (const host of ['a.example', 'b.example']) app.put('/host', { constraints: { host } }, ok);
    await app.register(async (other) => other.put('/apple/:id', ok));
    void app.register(
      async (inner) => {
        await inner.register(cors, ofA);
        inner.put('/', ok);
      },
      { prefix: '/api' },
    );
    app.put('/', ok);
    app.put('/ap', ok);
    const running = await start(app);
    expect(await admitted(running, '/api')).toEqual([A]);
    for (const path of ['/', '/ap', '/apple/1']) {
      expect([path, await admitted(running, path)]).toEqual([path, []]);
    }
  });

  it.each<[string, string, string, string]>([
    ['a name that begins alike', '/api', '/api-docs', '/api-docs'],
    ['a number that begins alike', '/api/v1', '/api/v10/x', '/api/v10/x'],
    ['a wildcard beside it', '/api', '/api-docs*', '/api-docs/x'],
    ['a shorter parameter', '/:tenant/x', '/:tenant', '/t'],
  ])('does not fail for routes beside a prefix: %s', async (_, prefix, beside, path) => {
    const app = fastify();
    app.put(beside, ok);
    await app.register(
      async (inner) => {
        await inner.register(cors, ofA);
        inner.put('/y', ok);
      },
      { prefix },
    );
    const running = await start(app);
    expect(await admitted(running, path)).toEqual([]);
    expect(await admitted(running, `${prefix.replace(':tenant', 't')}/y`)).toEqual([A]);
  });

  it.each<[string, string, string]>([
    ['a parameter', '/:tenant', '/:tenant/x'],
    ['the prefix itself', '/api', '/api'],
    ['a wildcard', '/api', '/api/*'],
    ['everything', '/api', '*'],
    ['the root', '/', '/x'],
  ])('fails for routes below a prefix: %s', async (_, prefix, below) => {
    const app = fastify();
    app.put(below, ok);
    const registering = app.register(async (inner) => inner.register(cors, ofA), { prefix });
    if (below === '*') await registering;
    else await expect(registering).rejects.toThrow('were added before');
    await app.close();
  });

  it('fails below a prefix in another case, where case means nothing', async () => {
    const app = fastify({ routerOptions: { caseSensitive: false } });
    const registering = app.register(
      async (inner) => {
        inner.put('/x', { config: { cors: ofX } }, ok);
        await inner.register(cors, ofA);
      },
      { prefix: '/API' },
    );
    await expect(registering).rejects.toThrow('were added before');
    await app.close();
  });

  it('does not fail without await, when the routes are in plugins', async () => {
    const app = fastify();
    void app.register(cors, ofA);
    void app.register(async (routes) => routes.put('/', { config: { cors: ofB } }, ok));
    expect(await admitted(await start(app), '/')).toEqual([B]);
  });

  it('does not fail in a callback, or when it is registered again', async () => {
    const app = fastify();
    void app.register(cors, ofA).after(() => {
      app.put('/', ok);
      void app.register(cors, ofA);
    });
    expect(await admitted(await start(app), '/')).toEqual([A]);
  });
});

describe('options', () => {
  it('may be a function of the instance, and contain those of Fastify', async () => {
    const app = fastify();
    const seen: unknown[] = [];
    await app.register(cors, (instance) => {
      seen.push(instance);
      return { ...ofA, prefix: '/api', logLevel: 'warn', logSerializers: {} };
    });
    app.put('/', ok);
    expect(seen).toEqual([app]);
    expect(await admitted(await start(app), '/')).toEqual([A]);
  });

  it('may be a Cors in their place', async () => {
    const app = fastify();
    const policy = createCors(ofA);
    await app.register(cors, policy as never);
    app.put('/', ok);
    const running = await start(app);
    expect(await admitted(running, '/')).toEqual([A]);
    policy.reconfigure(ofB);
    expect(await admitted(running, '/')).toEqual([B]);
  });

  it.each([
    [undefined],
    [{ origin: '*', credentials: true }],
    [{ origins: A }],
    ['https://a.example'],
  ])('are refused with all problems: %o', async (options) => {
    const app = fastify();
    await expect(app.register(cors, options as never)).rejects.toMatchObject({
      code: 'ERR_CORS_CONFIG',
    });
    await app.close();
  });

  it('are not changed', async () => {
    const app = fastify();
    const options = Object.freeze({ ...ofA, prefix: '/api' });
    await app.register(cors, options);
    expect(options).toEqual({ ...ofA, prefix: '/api' });
    await app.close();
  });
});

describe('the choice of a policy', () => {
  it('is made by the request of Fastify, for the preflight as for its request', async () => {
    const policies = new Map([
      ['a', createCors(ofA)],
      [
        'b',
        createCors<FastifyRequest>({
          ...ofB,
          origin: (origin, { hostname }) => origin === B && hostname !== '',
        }),
      ],
    ]);
    const app = fastify();
    await app.register(cors, {
      policy: async ({ query }) =>
        policies.get((query as { tenant?: string }).tenant ?? '') ?? false,
    });
    app.put('/', ok);
    const running = await start(app);
    expect(await admitted(running, '/?tenant=a')).toEqual([A]);
    expect(await admitted(running, '/?tenant=b')).toEqual([B]);
    expect(await admitted(running, '/')).toEqual([]);
    expect((await running.send('PUT', '/')).headers['vary']).toBe('Origin');
    expect(await running.preflight('/', A)).toEqual([404, undefined]);
  });
});
