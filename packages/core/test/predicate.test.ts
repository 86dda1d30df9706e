import { describe, expect, it, vi } from 'vitest';
import { type CorsOptions, CorsPredicateError, createCors, type Decision } from '../src/index.js';

const A = 'https://a.example';
const ask = async (options: CorsOptions, origin: unknown, method = 'GET'): Promise<Decision> => {
  const headers = { origin, 'access-control-request-method': 'PUT' } as Record<string, string>;
  return createCors(options).decide({ method, headers });
};

describe('a predicate', () => {
  it('grants what it answers true for, at once when it answers at once', () => {
    const cors = createCors({ origin: (origin) => origin === A });
    const granted = cors.decide({ method: 'GET', headers: { origin: A } });
    expect(granted).toMatchObject({
      allowed: true,
      headers: { 'Access-Control-Allow-Origin': A },
      vary: ['Origin'],
    });
    expect(cors.decide({ method: 'GET', headers: { origin: 'https://b.example' } })).toMatchObject({
      allowed: false,
      reason: 'origin-not-allowed',
    });
  });

  it('may answer later', async () => {
    const options: CorsOptions = { origin: async (origin) => Promise.resolve(origin === A) };
    expect(createCors(options).decide({ method: 'GET', headers: { origin: A } })).toBeInstanceOf(
      Promise,
    );
    expect(await ask(options, A)).toMatchObject({ allowed: true });
    expect(await ask(options, A, 'OPTIONS')).toMatchObject({
      kind: 'preflight',
      allowed: true,
      respond: 204,
    });
    expect(await ask(options, 'https://b.example', 'OPTIONS')).toMatchObject({
      allowed: false,
      respond: 403,
    });
  });

  it.each<[string, CorsOptions, string, Record<string, string>, Record<string, unknown>]>([
    [
      'what a preflight asks for',
      {
        origin: async () => Promise.resolve(true),
        credentials: true,
        methods: '*',
        allowedHeaders: '*',
      },
      'OPTIONS',
      { 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-a' },
      {
        headers: {
          'Access-Control-Allow-Origin': A,
          'Access-Control-Allow-Credentials': 'true',
          'Access-Control-Allow-Methods': 'PUT',
          'Access-Control-Allow-Headers': 'x-a',
        },
      },
    ],
    [
      'a malformed method',
      { origin: async () => Promise.resolve(true), credentials: true, methods: '*' },
      'OPTIONS',
      { 'access-control-request-method': ['PUT', 'GET'] as unknown as string },
      { reason: 'method-refused' },
    ],
    [
      'what tells that it is no CORS request',
      { origin: async () => Promise.resolve(false) },
      'GET',
      { host: 'a.example' },
      { reason: 'same-origin' },
    ],
  ])(
    'that answers later decides about the request as it came in: %s',
    async (_, options, method, given, expected) => {
      const headers: Record<string, string> = { origin: A, ...given };
      const cors = createCors(options);
      const deciding = [
        cors.decideLowerCase({ method, headers }),
        cors.decide({ method, headers }),
        cors.decide({ method, headers: new Headers(headers) }),
      ].slice(0, typeof given['access-control-request-method'] === 'object' ? 2 : 3);
      for (const name of Object.keys(headers)) headers[name] = 'EVIL';
      for (const decision of deciding) expect(await decision).toMatchObject(expected);
    },
  );

  it('may answer with any thenable', async () => {
    const thenable = {
      then: (resolve: (value: boolean) => void) => {
        resolve(true);
      },
    };
    expect(await ask({ origin: () => thenable as unknown as Promise<boolean> }, A)).toMatchObject({
      allowed: true,
    });
  });

  it('is asked once, and gets the request as it came in', () => {
    const predicate = vi.fn(() => true);
    const request = { any: 'thing' };
    void createCors({ origin: predicate }).decide(
      { method: 'GET', headers: { origin: A } },
      request,
    );
    expect(predicate.mock.calls).toEqual([[A, request]]);
    expect((predicate.mock.calls as unknown[][])[0]?.[1]).toBe(request);
  });

  const NEVER_ASKED = [
    'null',
    '',
    'a.example',
    `${A}/`,
    `${A},https://b.example`,
    'https://A.example',
    `${A}:443`,
    'http://a.example:80',
    `${A}:0`,
    'http://127.1',
    'http://2130706433',
    'http://0x7f.1',
    'http://1.2.3.4.',
    'http://[0:0::1]',
    'http://[::1',
    'file://',
    'ws://a.example',
    'javascript://x',
    'https://a b',
    'https://é.example',
    'capacitor://',
    'capacitor://a/b',
    `https://${'a'.repeat(400)}`,
    [A, A],
    7,
    'capacitor://x:65536',
    'https://',
    'https://a..b',
  ];
  it.each(NEVER_ASKED.map((origin) => [origin]))('is never asked about %o', async (origin) => {
    const predicate = vi.fn(() => true);
    expect(await ask({ origin: predicate }, origin)).toMatchObject({ allowed: false, headers: {} });
    expect(await ask({ origin: predicate }, origin, 'OPTIONS')).toMatchObject({
      respond: 403,
      headers: {},
    });
    expect(predicate).not.toHaveBeenCalled();
  });

  it.each([
    'http://127.0.0.1',
    'http://[::1]:3000',
    'http://[2001:db8::1]',
    'https://a_b.example.',
    'capacitor://localhost',
    'moz-extension://0a-1b',
  ])('is asked about %s', async (origin) => {
    expect(await ask({ origin: () => true }, origin)).toMatchObject({ allowed: true });
  });

  it('is asked about null only when unlocked', async () => {
    const options: CorsOptions = {
      origin: (origin) => origin === 'null',
      dangerouslyAllowNullOrigin: true,
    };
    expect(await ask(options, 'null')).toMatchObject({
      allowed: true,
      headers: { 'Access-Control-Allow-Origin': 'null' },
    });
  });

  it('is asked about insecure origins with credentials only when unlocked, and about loopback', async () => {
    const predicate = vi.fn(() => true);
    const options: CorsOptions = { origin: predicate, credentials: true };
    expect(await ask(options, 'http://a.example')).toMatchObject({
      allowed: false,
      reason: 'insecure-origin',
    });
    expect(await ask(options, 'http://a.example:8080')).toMatchObject({
      allowed: false,
      reason: 'insecure-origin',
    });
    expect(await ask(options, 'http://[2001:db8::1]:1')).toMatchObject({
      allowed: false,
      reason: 'insecure-origin',
    });
    expect(predicate).not.toHaveBeenCalled();
    expect(await ask(options, 'http://localhost:3000')).toMatchObject({ allowed: true });
    expect(await ask(options, 'http://[::1]:3000')).toMatchObject({ allowed: true });
    expect(
      await ask({ ...options, dangerouslyAllowInsecureOrigins: true }, 'http://a.example'),
    ).toMatchObject({ allowed: true });
    expect(await ask({ origin: predicate }, 'http://a.example')).toMatchObject({ allowed: true });
  });

  const boom = new Error('boom');
  it.each<[string, () => unknown, unknown]>([
    [
      'throws',
      () => {
        throw boom;
      },
      boom,
    ],
    ['rejects', async () => Promise.reject(boom), boom],
    [
      'throws undefined',
      () => {
        throw undefined;
      },
      expect.any(CorsPredicateError),
    ],
    [
      "throws 'route', an order to some frameworks",
      () => {
        throw 'route';
      },
      expect.any(CorsPredicateError),
    ],
    ['rejects with null', async () => Promise.reject(null), expect.any(CorsPredicateError)],
    ['returns an origin', () => A, expect.any(CorsPredicateError)],
    ['returns nothing, as one with a callback', () => undefined, expect.any(CorsPredicateError)],
    ['returns null', () => null, expect.any(CorsPredicateError)],
    ['returns 1', () => 1, expect.any(CorsPredicateError)],
    ['resolves to a string', async () => Promise.resolve('true'), expect.any(CorsPredicateError)],
    ['resolves to a list', async () => Promise.resolve([A]), expect.any(CorsPredicateError)],
    [
      'has a then that throws',
      () => ({
        get then() {
          throw boom;
        },
      }),
      boom,
    ],
  ])('that %s grants nothing, and its error is handed on', async (_, predicate, error) => {
    for (const method of ['GET', 'OPTIONS']) {
      const decision = await ask(
        { origin: predicate as () => boolean, credentials: true },
        A,
        method,
      );
      expect(decision).toMatchObject({
        allowed: false,
        reason: 'predicate-failed',
        headers: {},
        vary: ['Origin'],
        respond: null,
      });
      expect(decision.error).toEqual(error);
    }
  });

  const hostile = new Proxy(
    {},
    {
      getPrototypeOf: () => {
        throw boom;
      },
      get: () => {
        throw boom;
      },
    },
  );
  it.each<[string, () => unknown]>([
    [
      'throws a value that cannot be looked at',
      () => {
        throw hostile;
      },
    ],
    ['rejects with one', async () => Promise.reject(hostile)],
    [
      'throws an error with no message',
      () => {
        throw Object.defineProperty(new Error(), 'message', {
          get: () => {
            throw boom;
          },
        });
      },
    ],
  ])('that %s grants nothing either', async (_, predicate) => {
    const decision = await ask({ origin: predicate as () => boolean }, A);
    expect(decision).toMatchObject({ allowed: false, reason: 'predicate-failed' });
    expect(decision.error).toBeInstanceOf(CorsPredicateError);
  });

  it('that throws what is no error leaves it as the cause', async () => {
    const decision = await ask(
      {
        origin: () => {
          throw 'route';
        },
      },
      A,
    );
    expect(decision.error).toMatchObject({ code: 'ERR_CORS_PREDICATE', cause: 'route' });
  });
});

describe('reconfigure', () => {
  it('changes the decisions that begin from then on', async () => {
    let answer: (value: boolean) => void = () => undefined;
    const cors = createCors({
      origin: () =>
        new Promise<boolean>((resolve) => {
          answer = resolve;
        }),
    });
    const request = { method: 'GET', headers: { origin: A } };
    const pending = cors.decide(request);
    cors.reconfigure({ origin: 'https://b.example', credentials: true });
    expect(cors.decide(request)).toMatchObject({ allowed: false });
    answer(true);
    const decision = await pending;
    expect(decision).toMatchObject({ allowed: true });
    expect(decision.headers).not.toHaveProperty('Access-Control-Allow-Credentials');
  });

  it('leaves the old policy in force when the options are wrong', () => {
    const cors = createCors({ origin: A });
    const before = cors.decide({ method: 'GET', headers: { origin: A } });
    expect(() => {
      cors.reconfigure({ origin: ['x'] });
    }).toThrow('origin-scheme-missing');
    expect(cors.decide({ method: 'GET', headers: { origin: A } })).toEqual(before);
  });
});
