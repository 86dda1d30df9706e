import { describe, expect, it } from 'vitest';

import {
  authorRequestHeaders,
  type FetchRequest,
  type FetchResponse,
  type Header,
  normalizeMethod,
  type PreflightCheckFailure,
  type PreflightCheckSuccess,
  PROFILES,
  preflightCheck,
} from '../src/index.js';
import { ENGINES, type PreflightCheckVector, readVectors, responseOf } from './vectors.js';

const vectors = readVectors('preflight-check');

// What browsers contest is here, too: the standard to the letter.
it.each(vectors)('$id: $reason', check);

describe.each(ENGINES)('as %s has it', (profile) => {
  it.each(vectors.filter(({ engines }) => engines?.[profile] !== undefined))('$id', (vector) => {
    const result = preflightCheck(...partsOf(vector), PROFILES[profile]);
    expect(result.ok ? 'allow' : 'deny').toBe(vector.engines?.[profile]);
  });
});

function check(vector: PreflightCheckVector): void {
  const { expected, reason } = vector;
  const result = preflightCheck(...partsOf(vector));
  expect(result.ok).toBe(expected === 'allow');
  expect(textOf(result)).toBe(reason);
}

function partsOf({
  request,
  preflightResponse,
}: PreflightCheckVector): [FetchRequest, FetchResponse] {
  return [
    {
      origin: request.origin,
      credentialsMode: request.credentialsMode,
      method: request.methodIsFinal ? request.method : normalizeMethod(request.method),
      headers: authorRequestHeaders(request.headers),
      useCorsPreflight: request.useCorsPreflightFlag,
    },
    responseOf(preflightResponse),
  ];
}

/** A result as vectors write it. */
function textOf(result: PreflightCheckSuccess | PreflightCheckFailure): string {
  if (result.ok) return 'allowed';
  if (result.reason === 'cors-check-failed') return `cors-check-failed:${result.corsCheck.reason}`;
  if (result.reason === 'header-not-allowed') return `header-not-allowed:${result.headerName}`;
  return result.reason;
}

const REQUEST: FetchRequest = {
  origin: 'https://app.example.com',
  credentialsMode: 'include',
  method: 'PUT',
  headers: [
    ['X-B', '1'],
    ['Content-Type', 'application/json'],
  ],
};

const GRANT: readonly Header[] = [
  ['Access-Control-Allow-Origin', 'https://app.example.com'],
  ['Access-Control-Allow-Credentials', 'true'],
];

function respond(...headers: Header[]): FetchResponse {
  return { status: 204, headers: [...GRANT, ...headers] };
}

describe('what is allowed', () => {
  it('is given as the lists have it', () => {
    const response = respond(
      ['Access-Control-Allow-Methods', 'PUT, patch'],
      ['Access-Control-Allow-Methods', '*,PUT'],
      ['Access-Control-Allow-Headers', 'X-B , content-TYPE'],
      ['Access-Control-Max-Age', '600'],
    );
    expect(preflightCheck(REQUEST, response)).toEqual({
      ok: true,
      methods: ['PUT', 'patch', '*', 'PUT'],
      headerNames: ['X-B', 'content-TYPE'],
      maxAge: 600,
    });
  });

  it('is remembered for 5 seconds by default, and nothing is listed without lists', () => {
    const request = { ...REQUEST, method: 'POST', headers: [] };
    const five = { ok: true, methods: [], headerNames: [], maxAge: 5 };
    expect(preflightCheck(request, respond())).toEqual(five);
    expect(preflightCheck(request, respond(['Access-Control-Max-Age', '-1']))).toEqual(five);
  });

  it('holds the method of a preflight that a flag asked for, if there is no list', () => {
    const request = { ...REQUEST, headers: [], useCorsPreflight: true };
    expect(preflightCheck(request, respond())).toMatchObject({ ok: true, methods: ['PUT'] });
    expect(preflightCheck(request, respond(['Access-Control-Allow-Methods', '']))).toMatchObject({
      ok: false,
      reason: 'method-not-allowed',
      methods: [],
    });
  });
});

describe('a failure gives the actual values', () => {
  it.each<[Header[], object]>([
    [
      [['Access-Control-Allow-Methods', 'POST']],
      { reason: 'method-not-allowed', method: 'PUT', methods: ['POST'] },
    ],
    [
      [
        ['Access-Control-Allow-Methods', 'PUT'],
        ['Access-Control-Allow-Methods', 'PUT PATCH'],
      ],
      { reason: 'invalid-allow-methods', value: 'PUT PATCH' },
    ],
    [
      [
        ['Access-Control-Allow-Methods', 'PUT'],
        ['Access-Control-Allow-Headers', '"x-b"'],
      ],
      { reason: 'invalid-allow-headers', value: '"x-b"' },
    ],
    [
      [
        ['Access-Control-Allow-Methods', 'PUT'],
        ['Access-Control-Allow-Headers', 'X-B'],
      ],
      { reason: 'header-not-allowed', headerName: 'content-type', headerNames: ['X-B'] },
    ],
  ])('%j', (headers, failure) => {
    expect(preflightCheck(REQUEST, respond(...headers))).toEqual({ ok: false, ...failure });
  });

  it('the CORS check’s own', () => {
    expect(preflightCheck(REQUEST, { status: 500, headers: [] })).toEqual({
      ok: false,
      reason: 'cors-check-failed',
      corsCheck: {
        ok: false,
        reason: 'missing-allow-origin',
        origin: 'https://app.example.com',
        allowOrigin: null,
        allowCredentials: null,
      },
    });
  });

  it('the status', () => {
    const response = { status: 302, headers: [...GRANT, ['Location', '/login'] as const] };
    expect(preflightCheck(REQUEST, response)).toEqual({
      ok: false,
      reason: 'status-not-ok',
      status: 302,
      location: '/login',
    });
  });
});

it('a Location says nothing where the status is no redirect’s', () => {
  const response = { status: 404, headers: [...GRANT, ['Location', '/login'] as const] };
  expect(preflightCheck(REQUEST, response)).toMatchObject({ status: 404, location: null });
});

describe('the order of the checks', () => {
  const everythingWrong: Header[] = [
    ['Access-Control-Allow-Methods', '('],
    ['Access-Control-Allow-Headers', '('],
  ];
  const request: FetchRequest = {
    ...REQUEST,
    headers: [
      ['X-B', '1'],
      ['Authorization', 'x'],
    ],
  };

  it.each<[string, FetchResponse]>([
    ['cors-check-failed', { status: 500, headers: everythingWrong }],
    ['status-not-ok', { ...respond(...everythingWrong), status: 500 }],
    ['invalid-allow-methods', respond(...everythingWrong)],
    ['invalid-allow-headers', respond(everythingWrong[1]!)],
    ['method-not-allowed', respond()],
    // Although X-B is not listed either, and stands first.
    ['authorization-not-listed', respond(['Access-Control-Allow-Methods', 'PUT'])],
    [
      'header-not-allowed',
      respond(
        ['Access-Control-Allow-Methods', 'PUT'],
        ['Access-Control-Allow-Headers', 'AUTHORIZATION'],
      ),
    ],
  ])('%s', (reason, response) => {
    expect(preflightCheck(request, response)).toMatchObject({ ok: false, reason });
  });
});
