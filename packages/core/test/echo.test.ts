import { describe, expect, it } from 'vitest';
import { createCors, type Decision } from '../src/index.js';

const origin = 'https://a.example';
const cors = createCors({ origin, credentials: true, methods: '*', allowedHeaders: '*' });

function preflight(method: unknown, names?: unknown): Decision {
  const headers = {
    origin,
    'access-control-request-method': method,
    ...(names !== undefined && { 'access-control-request-headers': names }),
  };
  return cors.decide({ method: 'OPTIONS', headers: headers as unknown as Record<string, string> });
}

const VARY = ['Origin', 'Access-Control-Request-Method', 'Access-Control-Request-Headers'];

describe('methods echoed, under * with credentials', () => {
  it.each(['GET', 'PUT', 'put', 'patch', 'QUERY', '*', "!#$%&'*+-.^_`|~09Az", 'X'.repeat(64)])(
    '%s',
    (method) => {
      expect(preflight(method)).toMatchObject({
        allowed: true,
        headers: {
          'Access-Control-Allow-Methods': method,
          'Access-Control-Allow-Credentials': 'true',
        },
        vary: VARY,
        respond: 204,
      });
    },
  );

  it.each([
    '',
    'GET, *',
    'GET,PUT',
    'CONNECT',
    'connect',
    'TRACE',
    'Track',
    '<PUT>;x=1',
    'A B',
    'PUT\r\nX: y',
    'é',
    'X'.repeat(65),
    ' PUT',
    ['PUT', 'PUT'],
    7,
  ])('not %j', (method) => {
    expect(preflight(method)).toMatchObject({
      allowed: false,
      reason: 'method-refused',
      headers: {},
      vary: VARY,
      respond: 403,
    });
  });
});

const names = (count: number, length = 3) =>
  Array.from({ length: count }, (_, index) => String(index).padStart(length, 'x'));

describe('header names echoed, under * with credentials', () => {
  it.each<[string, string, string | undefined]>([
    ['one', 'x-a', 'x-a'],
    ['Authorization too', 'authorization', 'authorization'],
    ['in the order asked', 'x-b,x-a', 'x-b,x-a'],
    ['lower-cased', 'X-A', 'x-a'],
    ['once each', 'x-a,X-A,x-b,x-a', 'x-a,x-b'],
    ['with white space', ' x-a\t ,  \tx-b ', 'x-a,x-b'],
    ['none', '', undefined],
    ['only commas', ',,,', undefined],
    ['empty members', `${','.repeat(16)}x-a`, 'x-a'],
    ['64 names', names(64).join(','), names(64).join(',')],
    ['1,024 bytes', names(64, 15).join(',') + 'y', names(64, 15).join(',') + 'y'],
    ['the longest raw value', `x-a${' '.repeat(4093)}`, 'x-a'],
  ])('%s', (_, asked, echoed) => {
    const decision = preflight('PUT', asked);
    expect(decision).toMatchObject({ allowed: true, vary: VARY });
    expect(decision.headers['Access-Control-Allow-Headers']).toBe(echoed);
  });

  it('nothing when nothing is asked', () => {
    expect(preflight('PUT').headers).not.toHaveProperty('Access-Control-Allow-Headers');
    expect(preflight('PUT').vary).toEqual(VARY);
  });

  it.each<[string, unknown]>([
    ['no token', 'x-a,(,x-b'],
    ['a space inside', 'x a'],
    ['NBSP around', '\u00a0x-a'],
    ['a line end around', 'x-a\r\n'],
    ['65 names', names(65).join(',')],
    ['1,025 bytes', names(64, 15).join(',') + 'yy'],
    ['17 empty members', `${','.repeat(17)}x-a`],
    ['one name 2,000 times', Array(2000).fill('x-a').join(',')],
    ['200,000 spaces', `x${' '.repeat(200_000)}x`],
    ['one space too many', `x-a${' '.repeat(4094)}`],
    ['a million commas', ','.repeat(1_000_000)],
    ['16 KB of one name', 'x'.repeat(16_384)],
    ['several values', ['x-a', 'x-b']],
    ['no string', 7],
  ])('not %s', (_, asked) => {
    expect(preflight('PUT', asked)).toMatchObject({
      allowed: false,
      reason: 'headers-refused',
      headers: {},
      vary: VARY,
      respond: 403,
    });
  });

  it('discloses nothing to an origin that is not allowed', () => {
    const headers = { origin: 'https://x.example', 'access-control-request-method': 'PUT' };
    expect(cors.decide({ method: 'OPTIONS', headers })).toMatchObject({
      headers: {},
      vary: ['Origin'],
      respond: 403,
    });
  });

  it('names only what it echoes in Vary', () => {
    const methodsOnly = createCors({
      origin,
      credentials: true,
      methods: '*',
      allowedHeaders: ['x-a'],
    });
    const decision = methodsOnly.decide({
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': '(',
      },
    });
    expect(decision).toMatchObject({
      headers: { 'Access-Control-Allow-Methods': 'PUT', 'Access-Control-Allow-Headers': 'x-a' },
      vary: ['Origin', 'Access-Control-Request-Method'],
    });
  });
});
