import { describe, expect, it } from 'vitest';

import {
  authorRequestHeaders,
  corsPreflightRequest,
  type FetchRequest,
  getHeaderValue,
  type Header,
  type HeaderList,
  needsPreflight,
  normalizeMethod,
  type PageRequest,
  preflightCauses,
  type SentRequest,
  simulateFetch,
} from '../src/index.js';
import { type NeedsPreflightVector, readVectors } from './vectors.js';

const vectors = readVectors('needs-preflight');

describe('the whole fetch', () => {
  it.each(vectors)('$id: $method, $outcome', async (vector) => {
    const sent: SentRequest[] = [];
    const { failure } = await simulateFetch(pageRequestOf(vector), (request) => {
      sent.push(request);
      return { status: 200, headers: everything(vector) };
    });
    const asked = sent.filter(({ headers }) => isPreflight(headers));
    expect(asked.length > 0).toBe(vector.expected);
    if (vector.outcome === 'type-error') expect(failure?.stage).toBe('script');
    else if (vector.outcome === 'network-error') expect(failure?.stage).toBe('mode');
    else expect(failure).toBeNull();
    expect(sent).toHaveLength(failure === null ? asked.length + 1 : 0);
    if (vector.headersSent === undefined) return;
    const names = sent.at(-1)?.headers.map(([name]) => name) ?? [];
    expect(names.filter((name) => name !== 'Origin')).toEqual(vector.headersSent);
  });
});

function isPreflight(headers: HeaderList): boolean {
  return getHeaderValue('Access-Control-Request-Method', headers) !== null;
}

/** Allows all that a vector asks for. */
function everything({ pageOrigin, method, headers }: NeedsPreflightVector): HeaderList {
  const names = headers.map(([name]) => name);
  return [
    ['Access-Control-Allow-Origin', pageOrigin],
    ['Access-Control-Allow-Credentials', 'true'],
    ['Access-Control-Allow-Methods', normalizeMethod(method)],
    ['Access-Control-Allow-Headers', names.join(', ')],
  ];
}

function pageRequestOf(vector: NeedsPreflightVector): PageRequest {
  const { api, pageOrigin: origin, url, method, headers, mode, uploadListener, body } = vector;
  return {
    ...{ api, origin, url, method, headers, mode, uploadListener },
    credentialsMode: vector.credentials,
    // Where it brings a type, the vector has that among its headers.
    body:
      body === undefined
        ? null
        : { content: body, contentType: null, isStream: /stream/i.test(body) },
  };
}

/** Those that reach the preflight: to another origin, and by CORS. */
const crossing = vectors.filter(
  ({ outcome, mode, url, pageOrigin }) =>
    outcome.endsWith('preflight') && mode === 'cors' && new URL(url).origin !== pageOrigin,
);

it.each(crossing)('$id: $method, $outcome', (vector) => {
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
