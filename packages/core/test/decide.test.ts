import { describe, expect, it } from 'vitest';
import { type CorsOptions, createCors, type Decision } from '../src/index.js';

type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

function decide(options: CorsOptions, method: string, headers: Fields): Decision {
  const decision = createCors(options).decide({ method, headers });
  if (decision instanceof Promise) throw new Error('A static policy decides at once.');
  return decision;
}

const A = 'https://a.example';
const listed: CorsOptions = {
  origin: A,
  credentials: true,
  methods: ['PUT'],
  allowedHeaders: ['Content-Type', 'X-A'],
  exposedHeaders: ['X-B', 'X-C'],
  maxAge: 600,
};
const open: CorsOptions = {
  origin: '*',
  methods: ['PUT'],
  allowedHeaders: ['Content-Type'],
  exposedHeaders: ['X-B'],
  maxAge: 0,
};
const ask = (origin: string): Fields => ({ origin, 'access-control-request-method': 'PUT' });

describe('classification', () => {
  it.each<[string, string, Fields, Decision['kind']]>([
    ['OPTIONS with both', 'OPTIONS', ask(A), 'preflight'],
    [
      'an empty request method is present',
      'OPTIONS',
      { origin: A, 'access-control-request-method': '' },
      'preflight',
    ],
    ['OPTIONS without request method', 'OPTIONS', { origin: A }, 'actual'],
    ['OPTIONS without Origin', 'OPTIONS', { 'access-control-request-method': 'PUT' }, 'not-cors'],
    ['another method with both', 'PUT', ask(A), 'actual'],
    ['methods are case-sensitive', 'options', ask(A), 'actual'],
    ['no Origin', 'GET', {}, 'not-cors'],
    ['an empty Origin is present', 'GET', { origin: '' }, 'actual'],
    ['undefined is absent', 'GET', { origin: undefined }, 'not-cors'],
  ])('%s', (_, method, headers, kind) => {
    expect(decide(listed, method, headers).kind).toBe(kind);
    expect(decide(open, method, headers).kind).toBe(kind);
  });
});

describe('any origin', () => {
  const reply = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'X-B' };
  it.each<[string, string, Fields]>([
    ['without Origin', 'GET', {}],
    ['with one', 'GET', { origin: A }],
    ['with null', 'GET', { origin: 'null' }],
    ['with nonsense, which is never read', 'GET', { origin: '\n'.repeat(70_000) }],
    ['with several', 'GET', { origin: [A, A] }],
  ])('%s: allowed, with no Vary', (_, method, headers) => {
    expect(decide(open, method, headers)).toMatchObject({
      allowed: true,
      reason: 'any-origin',
      headers: reply,
      vary: [],
      respond: null,
      error: null,
    });
  });

  it('answers a preflight with the full lists, and none that is for actual replies', () => {
    expect(decide(open, 'OPTIONS', ask(A))).toEqual({
      kind: 'preflight',
      allowed: true,
      reason: 'any-origin',
      headers: {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Methods': 'PUT',
        'Access-Control-Allow-Headers': 'Content-Type',
        'Access-Control-Max-Age': '0',
      },
      vary: [],
      respond: 204,
      error: null,
    });
  });

  it("takes ['*'] for '*'", () => {
    expect(decide({ origin: ['*'] }, 'GET', {}).headers).toEqual({
      'Access-Control-Allow-Origin': '*',
    });
  });
});

describe('listed origins', () => {
  it('sends nothing but Vary without Origin', () => {
    expect(decide(listed, 'GET', {})).toMatchObject({
      allowed: false,
      reason: 'no-origin',
      headers: {},
      vary: ['Origin'],
      respond: null,
    });
  });

  it('echoes an allowed origin', () => {
    expect(decide(listed, 'GET', { origin: A })).toEqual({
      kind: 'actual',
      allowed: true,
      reason: 'origin-allowed',
      headers: {
        'Access-Control-Allow-Origin': A,
        'Access-Control-Allow-Credentials': 'true',
        'Access-Control-Expose-Headers': 'X-B,X-C',
      },
      vary: ['Origin'],
      respond: null,
      error: null,
    });
  });

  it('answers an allowed preflight with the full lists', () => {
    expect(decide(listed, 'OPTIONS', ask(A))).toMatchObject({
      allowed: true,
      headers: {
        'Access-Control-Allow-Origin': A,
        'Access-Control-Allow-Credentials': 'true',
        'Access-Control-Allow-Methods': 'PUT',
        'Access-Control-Allow-Headers': 'Content-Type,X-A',
        'Access-Control-Max-Age': '600',
      },
      vary: ['Origin'],
      respond: 204,
    });
  });

  it.each(['', 'GET, *', 'CONNECT', '<PUT>;x=1', 'put', 'GET, PUT', 'x'.repeat(70_000)])(
    'does so whatever the preflight asks: method %j',
    (method) => {
      const headers = { ...ask(A), 'access-control-request-method': method };
      expect(decide(listed, 'OPTIONS', headers)).toEqual(decide(listed, 'OPTIONS', ask(A)));
    },
  );

  it.each([
    '',
    ',,,',
    'X-A',
    'x-z',
    '(',
    ','.repeat(1_000_000),
    ' '.repeat(200_000),
    'x,'.repeat(2000),
  ])('does so whatever the preflight asks: headers %j', (names) => {
    const headers = { ...ask(A), 'access-control-request-headers': names };
    expect(decide(listed, 'OPTIONS', headers)).toEqual(decide(listed, 'OPTIONS', ask(A)));
  });

  it('sends no header for what is absent or empty', () => {
    const options = { origin: A, methods: [], allowedHeaders: [], exposedHeaders: [] };
    expect(decide(options, 'OPTIONS', ask(A)).headers).toEqual({
      'Access-Control-Allow-Origin': A,
    });
    expect(decide(options, 'GET', { origin: A }).headers).toEqual({
      'Access-Control-Allow-Origin': A,
    });
  });

  it("sends '*' lists as they are without credentials", () => {
    const options = {
      origin: A,
      methods: '*',
      allowedHeaders: ['*', 'Authorization'],
      exposedHeaders: '*',
    };
    expect(decide(options, 'OPTIONS', ask(A))).toMatchObject({
      headers: {
        'Access-Control-Allow-Methods': '*',
        'Access-Control-Allow-Headers': '*,Authorization',
      },
      vary: ['Origin'],
    });
    expect(decide(options, 'GET', { origin: A }).headers).toMatchObject({
      'Access-Control-Expose-Headers': '*',
    });
  });

  it('drops repeats in lists', () => {
    const options = { origin: [A, A], methods: ['PUT', 'PUT'], allowedHeaders: ['X-A', 'x-a'] };
    expect(decide(options, 'OPTIONS', ask(A)).headers).toMatchObject({
      'Access-Control-Allow-Methods': 'PUT',
      'Access-Control-Allow-Headers': 'X-A',
    });
  });
});

describe('the preflight status', () => {
  it.each([200, 204, 299])('is %d when asked for', (optionsSuccessStatus) => {
    expect(decide({ origin: A, optionsSuccessStatus }, 'OPTIONS', ask(A)).respond).toBe(
      optionsSuccessStatus,
    );
  });

  it('leaves an allowed preflight to the application with preflightContinue, and denies still', () => {
    const options = { ...listed, preflightContinue: true };
    expect(decide(options, 'OPTIONS', ask(A))).toMatchObject({ allowed: true, respond: null });
    expect(decide(options, 'OPTIONS', ask('https://x.example'))).toMatchObject({
      allowed: false,
      respond: 403,
    });
  });
});

describe('why nothing was granted', () => {
  it.each<[string, string | readonly string[], Decision['reason']]>([
    ['another origin', 'https://x.example', 'origin-not-allowed'],
    ['a path', `${A}/`, 'origin-malformed'],
    ['two values', [A, A], 'origin-malformed'],
    ['null', 'null', 'null-origin'],
    ['too long', `https://${'a'.repeat(400)}`, 'origin-malformed'],
  ])('%s', (_, origin, reason) => {
    expect(decide(listed, 'GET', { origin }).reason).toBe(reason);
  });

  it('allows null only where it is listed and unlocked', () => {
    const options = { origin: [A, 'null'], dangerouslyAllowNullOrigin: true };
    expect(decide(options, 'GET', { origin: 'null' }).headers).toEqual({
      'Access-Control-Allow-Origin': 'null',
    });
    const flag = { origin: A, dangerouslyAllowNullOrigin: true };
    expect(decide(flag, 'GET', { origin: 'null' })).toMatchObject({
      allowed: false,
      reason: 'null-origin',
    });
  });
});

describe('requests with Origin that are no CORS requests', () => {
  const other = 'https://x.example';
  it.each<[string, Fields, Decision['reason'], Decision['kind']]>([
    [
      'same-origin, by metadata',
      { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' },
      'same-origin',
      'not-cors',
    ],
    [
      'a navigation',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
      'not-cors-mode',
      'not-cors',
    ],
    [
      'a WebSocket',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'websocket' },
      'not-cors-mode',
      'not-cors',
    ],
    [
      'no-cors is a choice of the page, and a denial',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
      'origin-not-allowed',
      'actual',
    ],
    ['same-origin, by Host', { host: 'x.example' }, 'same-origin', 'not-cors'],
    ['same-origin, by :authority', { ':authority': 'x.example' }, 'same-origin', 'not-cors'],
    ['a Host that is only an end of it', { host: 'example' }, 'origin-not-allowed', 'actual'],
    ['an empty Host', { host: '' }, 'origin-not-allowed', 'actual'],
    [
      'metadata beats Host',
      { host: 'x.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
      'origin-not-allowed',
      'actual',
    ],
    [
      'cross-site',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
      'origin-not-allowed',
      'actual',
    ],
    [
      'same-site is cross-origin',
      { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' },
      'origin-not-allowed',
      'actual',
    ],
  ])('%s', (_, headers, reason, kind) => {
    const decision = decide(listed, 'POST', { origin: other, ...headers });
    expect(decision).toMatchObject({
      kind,
      reason,
      allowed: false,
      headers: {},
      vary: ['Origin'],
      respond: null,
    });
  });

  it('never takes it for a grant, nor for a preflight', () => {
    const headers = { ...ask(other), 'sec-fetch-site': 'same-origin', host: 'x.example' };
    expect(decide(listed, 'OPTIONS', headers)).toMatchObject({
      kind: 'preflight',
      allowed: false,
      respond: 403,
    });
  });

  it('leaves a listed origin its grant', () => {
    const headers = { origin: A, 'sec-fetch-site': 'same-origin', host: 'a.example' };
    expect(decide(listed, 'POST', headers)).toMatchObject({
      kind: 'actual',
      reason: 'origin-allowed',
    });
  });
});

describe('decisions as data', () => {
  it('are frozen, with all that they hold', () => {
    for (const options of [listed, open]) {
      for (const headers of [{}, { origin: A }, ask(A), ask('https://x.example')]) {
        for (const method of ['GET', 'OPTIONS']) {
          const decision = decide(options, method, headers);
          expect(Object.isFrozen(decision)).toBe(true);
          expect(Object.isFrozen(decision.headers)).toBe(true);
          expect(Object.isFrozen(decision.vary)).toBe(true);
        }
      }
    }
  });

  it('are shared where they do not depend on the request', () => {
    const cors = createCors(listed);
    const get = (headers: Fields) => cors.decide({ method: 'GET', headers });
    expect(get({})).toBe(get({}));
    expect(get({ origin: 'https://x.example' })).toBe(get({ origin: 'https://y.example' }));
    const any = createCors(open);
    expect(any.decide({ method: 'GET', headers: { origin: A } })).toBe(
      any.decide({ method: 'GET', headers: { origin: 'https://y.example' } }),
    );
  });
});
