import { describe, expect, it } from 'vitest';

import {
  authorRequestHeaders,
  corsPreflightRequest,
  type FetchRequest,
  getHeaderValue,
  type Header,
  type HeaderList,
  isForbiddenMethod,
  isMethod,
  needsPreflight,
  normalizeMethod,
  preflightCauses,
} from '../src/index.js';
import { type NeedsPreflightVector, readVectors } from './vectors.js';

const vectors = readVectors('needs-preflight');

/** What a vector is a test of: the last three of main fetch, not of the preflight. */
type Part = 'preflight' | 'method' | 'same-origin' | 'no-cors' | 'scheme';

function partOf(vector: NeedsPreflightVector): Part {
  if (vector.outcome === 'type-error') return 'method';
  if (vector.mode === 'no-cors') return 'no-cors';
  if (vector.outcome === 'network-error') return 'scheme';
  return new URL(vector.url).origin === vector.pageOrigin ? 'same-origin' : 'preflight';
}

const of = (part: Part): NeedsPreflightVector[] =>
  vectors.filter((vector) => partOf(vector) === part);

it('has all its vectors', () => {
  expect(vectors).toHaveLength(60);
  expect(vectors.filter(({ contested }) => contested)).toEqual([]);
  expect(of('preflight')).toHaveLength(52);
  expect(of('method')).toHaveLength(2);
  // Left for the simulated fetch, which will choose whether CORS applies at all.
  expect(of('same-origin')).toHaveLength(3);
  expect(of('no-cors')).toHaveLength(2);
  expect(of('scheme')).toHaveLength(1);
});

it.each(of('preflight'))('$id: $method, $outcome', (vector) => {
  const request = requestOf(vector);
  expect(needsPreflight(request)).toBe(vector.expected);
  expect(vector.outcome).toBe(vector.expected ? 'preflight' : 'no-preflight');
  if (!vector.expected) return;

  const { method, headers } = corsPreflightRequest(request);
  const get = (name: string): string | null => getHeaderValue(name, headers);
  expect(method).toBe('OPTIONS');
  expect(get('Origin')).toBe(vector.pageOrigin);
  expect(get('Access-Control-Request-Method')).toBe(vector.expectedRequestMethod);
  expect(get('Access-Control-Request-Headers')).toBe(vector.expectedRequestHeaders);
  for (const [name, value] of Object.entries(vector.expectedPreflight?.headers ?? {})) {
    expect(get(name)).toBe(value);
  }
  for (const name of vector.expectedPreflight?.absentHeaders ?? []) expect(get(name)).toBeNull();
});

it.each(of('method'))('$id: $method is refused', ({ method }) => {
  expect(isMethod(method) && !isForbiddenMethod(method)).toBe(false);
});

function requestOf(vector: NeedsPreflightVector): FetchRequest {
  const headers = authorRequestHeaders(vector.headers);
  return {
    origin: vector.pageOrigin,
    credentialsMode: 'same-origin',
    method: normalizeMethod(vector.method),
    headers: vector.api === 'xhr' ? combine(headers) : headers,
    useCorsPreflight: vector.uploadListener,
  };
}

/** `setRequestHeader` joins the values of one name. */
function combine(headers: HeaderList): HeaderList {
  const names = new Set(headers.map(([name]) => name));
  return [...names].map((name): Header => [name, getHeaderValue(name, headers)!]);
}

describe('the causes of a preflight', () => {
  it('are all given, with what the request has', () => {
    expect(
      preflightCauses({
        method: 'PATCH',
        headers: [
          ['X-B', '1'],
          ['Content-Type', 'text/plain'],
          ['content-type', 'application/json'],
          ['x-b', '2'],
          ['Accept', 'a'],
        ],
        useCorsPreflight: true,
      }),
    ).toEqual([
      { because: 'use-cors-preflight-flag' },
      { because: 'method', method: 'PATCH' },
      { because: 'header', name: 'content-type', values: ['application/json'] },
      { because: 'header', name: 'x-b', values: ['1', '2'] },
    ]);
  });

  it('tell a header that is unsafe from one that is one too many', () => {
    const accept: Header[] = Array.from({ length: 9 }, () => ['Accept', 'a'.repeat(128)]);
    expect(preflightCauses({ method: 'GET', headers: [...accept, ['Range', 'x']] })).toEqual([
      { because: 'header-values-too-long', name: 'accept', values: accept.map(([, v]) => v) },
      { because: 'header', name: 'range', values: ['x'] },
    ]);
  });

  it('are none for what a form could send', () => {
    expect(preflightCauses({ method: 'POST', headers: [['Content-Type', 'text/plain']] })).toEqual(
      [],
    );
  });
});

describe('the preflight', () => {
  it('asks for names once, sorted, joined by a bare comma', () => {
    const headers: HeaderList = [
      ['X-B', '1'],
      ['x-a', '1'],
      ['X-b', '1'],
      ['Accept', '*/*'],
    ];
    expect(corsPreflightRequest({ origin: 'null', method: 'patch', headers })).toEqual({
      method: 'OPTIONS',
      headers: [
        ['Accept', '*/*'],
        ['Access-Control-Request-Method', 'patch'],
        ['Access-Control-Request-Headers', 'x-a,x-b'],
        ['Origin', 'null'],
      ],
    });
  });

  it('does not name an empty list', () => {
    const { headers } = corsPreflightRequest({ origin: 'null', method: 'PUT', headers: [] });
    expect(headers.map(([name]) => name)).toEqual([
      'Accept',
      'Access-Control-Request-Method',
      'Origin',
    ]);
  });
});
