import { createCors, type Decision } from '@cors/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cors } from '../src/index.js';

const A = 'https://a.example';
const policy = { origin: A, credentials: true, methods: ['PUT'], exposedHeaders: ['X-A'] };
const request = (method = 'GET', headers: Record<string, string> = { origin: A }): Request =>
  new Request('https://api.example/', { method, headers });
const preflight = (origin = A): Request =>
  request('OPTIONS', { origin, 'access-control-request-method': 'PUT' });
const corsOf = (response: Response): Record<string, string> =>
  Object.fromEntries(
    [...response.headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary'),
  );
const granted = {
  'access-control-allow-origin': A,
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': 'X-A',
  vary: 'Origin',
};

const warn = vi.spyOn(console, 'warn');
beforeEach(() => {
  warn.mockReset();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a handler', () => {
  it('gets what is not answered, with all that its runtime passes', async () => {
    const handler = cors(policy)(
      (__: Request, env: string, context: { n: number }) =>
        new Response(`${env}${String(context.n)}`),
    );
    const reply = await handler(request(), 'env', { n: 7 });
    expect([await reply.text(), corsOf(reply)]).toEqual(['env7', granted]);
  });

  it('is not called for preflights', async () => {
    const app = vi.fn(() => new Response());
    const handler = cors(policy)(app);
    const allowed = await handler(preflight());
    expect([allowed.status, allowed.body, allowed.headers.get('content-length')]).toEqual([
      204,
      null,
      null,
    ]);
    expect(allowed.headers.get('access-control-allow-methods')).toBe('PUT');
    const denied = await handler(preflight('https://x.example'));
    expect([
      denied.status,
      denied.body,
      denied.headers.get('content-length'),
      corsOf(denied),
    ]).toEqual([403, null, '0', { vary: 'Origin' }]);
    expect(app).not.toHaveBeenCalled();
    await handler(request('OPTIONS'));
    expect(app).toHaveBeenCalledTimes(1);
  });
});

describe('replies', () => {
  it.each<[string, () => Response, number]>([
    ['immutable', () => Response.redirect('https://z.example/'), 302],
    ['without a body', () => new Response(null, { status: 204 }), 204],
    ['not modified', () => new Response(null, { status: 304, headers: { etag: '"x"' } }), 304],
    [
      'with several cookies',
      () => {
        const reply = new Response();
        reply.headers.append('set-cookie', 'a=1');
        reply.headers.append('set-cookie', 'b=2');
        return reply;
      },
      200,
    ],
  ])('%s', async (__, make, status) => {
    const own = make();
    const reply = await cors(policy)(() => own)(request());
    expect([reply.status, corsOf(reply)]).toEqual([status, granted]);
    expect(reply.headers.getSetCookie()).toEqual(own.headers.getSetCookie());
    expect(reply.headers.get('location')).toBe(own.headers.get('location'));
  });

  it('are streamed, not read', async () => {
    let pulls = 0;
    const stream = new ReadableStream(
      {
        pull: (controller) => {
          pulls += 1;
          if (pulls === 3) controller.close();
          else controller.enqueue(new TextEncoder().encode('x'));
        },
      },
      { highWaterMark: 0 },
    );
    const reply = await cors(policy)(() => new Response(stream))(request());
    expect(pulls).toBe(0);
    expect(await reply.text()).toBe('xx');
  });

  it('do not change the object that the handler gave, which may be shared', async () => {
    const shared = new Response(null, {
      status: 204,
      headers: { vary: 'Accept', 'access-control-expose-headers': 'X-H' },
    });
    const handler = cors({ ...policy, origin: [A, 'https://b.example'] })(() => shared);
    const [a, b, denied] = await Promise.all([
      handler(request()),
      handler(request('GET', { origin: 'https://b.example' })),
      handler(request('GET', { origin: 'https://x.example' })),
    ]);
    expect(a.headers.get('access-control-allow-origin')).toBe(A);
    expect(b.headers.get('access-control-allow-origin')).toBe('https://b.example');
    expect(a.headers.get('access-control-expose-headers')).toBe('X-A,X-H');
    expect(corsOf(denied)).toEqual({ vary: 'Accept, Origin' });
    expect([...shared.headers]).toEqual([
      ['access-control-expose-headers', 'X-H'],
      ['vary', 'Accept'],
    ]);
  });

  it('that are upgrades or network errors are passed on as they are', async () => {
    const failed = Response.error();
    expect(await cors(policy)(() => failed)(request())).toBe(failed);
    const upgrade = new Proxy(new Response(), {
      get: (target, key) => (key === 'status' ? 101 : (Reflect.get(target, key) as unknown)),
    });
    expect(await cors(policy)(() => upgrade)(request())).toBe(upgrade);
  });

  it('keep fields that are not ours, and lose those that are', async () => {
    const headers = {
      'x-own': '1',
      'access-control-allow-origin': '*',
      'access-control-max-age': '5',
    };
    const reply = await cors(policy)(
      () => new Response('x', { status: 404, statusText: 'Gone', headers }),
    )(request());
    expect([reply.status, reply.statusText, reply.headers.get('x-own'), corsOf(reply)]).toEqual([
      404,
      'Gone',
      '1',
      granted,
    ]);
    expect(warn.mock.calls).toEqual([[expect.stringContaining('[CORS_HEADER_REPLACED]')]]);
  });
});

describe('errors', () => {
  const boom = new Error('boom');

  it('of the handler are thrown on', async () => {
    await expect(
      cors(policy)(() => {
        throw boom;
      })(request()),
    ).rejects.toBe(boom);
    await expect(cors(policy)(async () => Promise.reject(boom))(request())).rejects.toBe(boom);
  });

  it('of the handler become replies with the headers, through onError', async () => {
    const seen: unknown[] = [];
    const onError = (error: unknown, failed: Request): Response => {
      seen.push(error, failed);
      return new Response('sorry', { status: 500 });
    };
    const asked = request();
    const reply = await cors({ ...policy, onError })(async () => Promise.reject(boom))(asked);
    expect([reply.status, await reply.text(), corsOf(reply)]).toEqual([500, 'sorry', granted]);
    expect(seen).toEqual([boom, asked]);
  });

  it('of the predicate grant nothing, and go the same way', async () => {
    const app = vi.fn(() => new Response());
    const options = {
      origin: () => {
        throw boom;
      },
    };
    await expect(cors(options)(app)(request())).rejects.toBe(boom);
    const reply = await cors({ ...options, onError: () => new Response(null, { status: 500 }) })(
      app,
    )(preflight());
    expect([reply.status, corsOf(reply)]).toEqual([500, { vary: 'Origin' }]);
    expect(app).not.toHaveBeenCalled();
  });

  it('of onError are thrown on', async () => {
    const other = new Error('other');
    await expect(
      cors({
        ...policy,
        onError: () => {
          throw other;
        },
      })(() => {
        throw boom;
      })(request()),
    ).rejects.toBe(other);
  });

  it('in the options are told at start-up', () => {
    expect(() => cors({ origin: A, onError: true } as never)).toThrow('hook-not-a-function');
  });
});

describe('what is no reply', () => {
  it('is passed on, as a runtime that took the request over wants it', async () => {
    expect(await cors(policy)(() => undefined as never)(request())).toBeUndefined();
  });

  it('is an error like others when its body was read before', async () => {
    const used = new Response('x');
    await used.text();
    const onError = (): Response => new Response(null, { status: 500 });
    expect((await cors({ ...policy, onError })(() => used)(request())).status).toBe(500);
  });
});

describe('policies', () => {
  it('decide anew when the same request is handled again', async () => {
    const shared = createCors({ origin: A });
    const handler = cors({ policy: shared })(() => new Response());
    const again = request();
    expect(corsOf(await handler(again))['access-control-allow-origin']).toBe(A);
    shared.reconfigure({ origin: 'https://b.example' });
    expect(corsOf(await handler(again))).toEqual({ vary: 'Origin' });
  });

  it('know the host by the URL, where no field says it', async () => {
    const reasons: Decision['reason'][] = [];
    const handler = cors({ ...policy, onDecision: ({ reason }) => reasons.push(reason) })(
      () => new Response(),
    );
    const post = (host: Record<string, string>): Promise<Response> =>
      handler(request('POST', { origin: 'https://api.example', ...host }));
    expect(corsOf(await post({}))).toEqual({ vary: 'Origin' });
    await post({ host: 'x.example' });
    expect(reasons).toEqual(['same-origin', 'origin-not-allowed']);
  });

  it.each([
    ['https://api.example:8443/notes?of=//x.example/', 'https://api.example:8443'],
    ['https://api.example?of=all', 'https://api.example'],
    ['https://api.example#/a', 'https://api.example'],
    ['https://[2001:db8::1]:8443/', 'https://[2001:db8::1]:8443'],
    ['HTTPS://API.Example:443/a//b', 'https://api.example'],
  ])('know the host of %s', async (url, origin) => {
    const reasons: Decision['reason'][] = [];
    const handler = cors({ ...policy, onDecision: ({ reason }) => reasons.push(reason) })(
      () => new Response(),
    );
    await handler(new Request(url, { method: 'POST', headers: { origin } }));
    await handler(new Request(url, { method: 'POST', headers: { origin: `${origin}1` } }));
    expect(reasons).toEqual(['same-origin', expect.not.stringMatching('same-origin')]);
  });

  it('in conflict grant nothing, whichever is inside', async () => {
    const inner = cors({ origin: '*' })(() => new Response('x'));
    const reply = await cors(policy)(inner)(request());
    expect(corsOf(reply)).toEqual({ vary: 'Origin' });
    expect(warn.mock.calls).toEqual([[expect.stringContaining('[CORS_POLICY_CONFLICT]')]]);
  });

  it('that are the same are harmless', async () => {
    const inner = cors({ ...policy })(() => new Response('x'));
    expect(corsOf(await cors({ ...policy })(inner)(request()))).toEqual(granted);
    expect(warn).not.toHaveBeenCalled();
  });

  it('may be chosen for each request, and leave it alone', async () => {
    const any = createCors({ origin: '*' });
    const decisions: Decision['reason'][] = [];
    const handler = cors({
      policy: async ({ url }) => Promise.resolve(url.endsWith('/any') && any),
      onDecision: ({ reason }) => decisions.push(reason),
    })(
      () =>
        new Response('x', { headers: { 'access-control-allow-origin': 'https://own.example' } }),
    );
    expect(
      corsOf(await handler(new Request('https://api.example/any', { headers: { origin: A } }))),
    ).toEqual({ 'access-control-allow-origin': '*', vary: 'Origin' });
    expect(corsOf(await handler(request()))).toEqual({
      'access-control-allow-origin': 'https://own.example',
      vary: 'Origin',
    });
    expect(decisions).toEqual(['any-origin', 'no-policy']);
  });
});
