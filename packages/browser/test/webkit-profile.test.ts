/**
 * Safari cannot be asked here, so its departures are held fast one by one.
 */
import { expect, it } from 'vitest';

import {
  CorsPreflightCache,
  corsUnsafeRequestHeaderNames,
  type FetchRequest,
  type Header,
  type HeaderList,
  isCorsSafelistedRequestHeader,
  preflightCheck,
  preflightMaxAge,
  PROFILES,
} from '../src/index.js';

const { standard, webkit } = PROFILES;
const ORIGIN = 'https://app.example.com';
const ALLOW: HeaderList = [['Access-Control-Allow-Origin', ORIGIN]];

const request: FetchRequest = {
  origin: ORIGIN,
  credentialsMode: 'omit',
  method: 'PUT',
  headers: [],
};

it.each<
  [string, Partial<FetchRequest>, status: number, HeaderList, webkit: string, standard: string]
>([
  ['looks at the status first', {}, 404, [], 'status-not-ok', 'cors-check-failed'],
  [
    'looks at a redirect before the CORS check',
    {},
    302,
    [['Location', '/b']],
    'status-not-ok',
    'cors-check-failed',
  ],
  [
    'lets * cover Authorization',
    { method: 'GET', headers: [['Authorization', 'x']] },
    204,
    [...ALLOW, ['Access-Control-Allow-Headers', '*']],
    'ok',
    'authorization-not-listed',
  ],
  [
    'allows no method that is not listed',
    { useCorsPreflight: true },
    204,
    ALLOW,
    'method-not-allowed',
    'ok',
  ],
])('%s', (_title, differing, status, headers, asWebkit, asStandard) => {
  for (const [profile, expected] of [
    [webkit, asWebkit],
    [standard, asStandard],
  ] as const) {
    const result = preflightCheck({ ...request, ...differing }, { status, headers }, profile);
    expect(result.ok ? 'ok' : result.reason).toBe(expected);
  }
});

it('names the redirect among its checks', () => {
  expect(webkit.preflightChecks[0]).toBe('redirect');
});

it('takes the unit of a range in any case', () => {
  expect(isCorsSafelistedRequestHeader('Range', 'BYTES=0-', webkit)).toBe(true);
  expect(isCorsSafelistedRequestHeader('Range', 'BYTES=0-', standard)).toBe(false);
});

it('takes safelisted values of any length together', () => {
  const headers: Header[] = Array.from({ length: 9 }, () => ['Accept', 'a'.repeat(128)]);
  expect(corsUnsafeRequestHeaderNames(headers, webkit)).toEqual([]);
  expect(corsUnsafeRequestHeaderNames(headers, standard)).toEqual(['accept']);
});

it.each([
  ['600', 600],
  ['601', 600],
  ['+10', 10],
  ['-1', 0],
  ['9223372036854775808', 5],
])('keeps a preflight with max-age %s for %i seconds', (value, seconds) => {
  const headers: HeaderList = [['Access-Control-Max-Age', value]];
  expect(preflightMaxAge({ headers }, webkit)).toBe(seconds);
});

it('keeps one response for each URL', () => {
  const cache = new CorsPreflightCache();
  const put = { ...request, url: 'https://api.example.com/' };
  const patch = { ...put, method: 'PATCH' };
  const isKept = (asked: typeof put): boolean => cache.unanswered(asked, 0, webkit).length === 0;
  for (const asked of [put, patch]) {
    cache.store(asked, { methods: [asked.method], headerNames: [], maxAge: 60 }, 0, webkit);
  }
  expect(isKept(patch)).toBe(true);
  expect(isKept(put)).toBe(false);
  // What did not suffice is gone.
  expect(isKept(patch)).toBe(false);
});

it('remembers that * covers Authorization', () => {
  const cache = new CorsPreflightCache();
  const asked = { ...request, method: 'GET', url: 'https://api.example.com/' };
  const headers: HeaderList = [['Authorization', 'x']];
  cache.store(asked, { methods: [], headerNames: ['*'], maxAge: 60 }, 0, webkit);
  expect(cache.unanswered({ ...asked, headers }, 0, webkit)).toEqual([]);
});
