import { describe, expect, it } from 'vitest';

import {
  corsExposedHeaderNames,
  exposedResponseHeaders,
  type HeaderList,
  isCorsSafelistedResponseHeaderName,
  PROFILES,
} from '../src/index.js';
import { headerListOf, readVectors } from './vectors.js';

const vectors = readVectors('exposed-headers');

it.each(vectors)('$id', ({ responseHeaders, credentialsMode, exposed, hidden }) => {
  const headers = headerListOf(responseHeaders);
  const visible = exposedResponseHeaders({ headers }, credentialsMode);
  const names = new Set(visible.map(([name]) => name.toLowerCase()));
  expect([...names].sort()).toEqual(exposed);
  const all = new Set(headers.map(([name]) => name.toLowerCase()));
  expect([...all].filter((name) => !names.has(name)).sort()).toEqual(hidden);
});

describe('the headers that a page sees', () => {
  it('keep their order, case and lines', () => {
    const headers: HeaderList = [
      ['X-A', '1'],
      ['Pragma', 'p'],
      ['x-a', '2'],
      ['X-B', '3'],
      ['Access-Control-Expose-Headers', 'X-a'],
    ];
    expect(exposedResponseHeaders({ headers }, 'include')).toEqual([
      ['X-A', '1'],
      ['Pragma', 'p'],
      ['x-a', '2'],
    ]);
  });

  it('never have cookies, in any case and under `*`', () => {
    const exposed = new Set(['set-cookie', 'set-cookie2', '*']);
    expect(isCorsSafelistedResponseHeaderName('Set-Cookie', exposed)).toBe(false);
    expect(isCorsSafelistedResponseHeaderName('SET-COOKIE2', exposed)).toBe(false);
  });
});

it.each([
  ['*, x y', ['firefox']],
  [', *, @', ['firefox']],
  ['x y, *', []],
  ['x-a, x y, *', []],
] as const)('after %j, a page sees all in %j', (value, profiles) => {
  const headers: HeaderList = [
    ['ETag', '7'],
    ['Access-Control-Expose-Headers', value],
  ];
  const all = (['standard', 'chromium', 'firefox', 'webkit'] as const).filter((name) =>
    exposedResponseHeaders({ headers }, 'omit', PROFILES[name]).some(([seen]) => seen === 'ETag'),
  );
  expect(all).toEqual(profiles);
  expect(exposedResponseHeaders({ headers }, 'include', PROFILES.firefox)).toEqual([]);
});

it('names what is exposed, lower-cased', () => {
  const headers: HeaderList = [
    ['ETag', '7'],
    ['Access-Control-Expose-Headers', 'X-A, *'],
  ];
  const names = (mode: 'omit' | 'include'): string[] => [
    ...corsExposedHeaderNames({ headers }, mode),
  ];
  expect(names('omit')).toEqual(['etag', 'access-control-expose-headers']);
  expect(names('include')).toEqual(['x-a', '*']);
  expect([...corsExposedHeaderNames({ headers: [] }, 'omit')]).toEqual([]);
});
