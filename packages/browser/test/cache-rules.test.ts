/**
 * What is remembered of preflights, rule by rule: something is stored, once or more, and then a request is
 * looked up.
 */
import { expect, it } from 'vitest';

import {
  type CacheableRequest,
  CorsPreflightCache,
  type PreflightAllowance,
  type ProfileName,
  PROFILES,
} from '../src/index.js';

const REQUEST: CacheableRequest = {
  origin: 'https://app.example.com',
  url: 'https://api.example.com/a',
  credentialsMode: 'omit',
  method: 'PUT',
  headers: [],
};
const WITH = { credentialsMode: 'include' } as const;
const X_A = { method: 'GET', headers: [['x-a', '1']] } as const;
const LONG = `https://api.example.com/${'a'.repeat(1000)}`;

/** What is stored: when, for which request, and what it was allowed; PUT for a minute, if nothing else. */
type Stored = readonly [at: number, Partial<CacheableRequest>, Partial<PreflightAllowance>];

/** A request that is looked up, and what it must ask for. */
type Asked = readonly [at: number, Partial<CacheableRequest>, causes: string];

const PUT: Stored = [0, {}, {}];
const ALL: readonly ProfileName[] = ['standard', 'chromium', 'firefox', 'webkit'];

it.each<[string, readonly ProfileName[], readonly Stored[], Asked]>([
  ['a method', ALL, [PUT], [59.999, {}, '']],
  ['nothing when its time is over', ALL, [PUT], [60, {}, 'PUT']],
  ['nothing of another URL', ALL, [PUT], [0, { url: `${REQUEST.url}b` }, 'PUT']],
  ['nothing of another origin', ALL, [PUT], [0, { origin: 'https://b.test' }, 'PUT']],
  ['nothing on another site', ALL, [PUT], [0, { topLevelSite: 'https://b.test' }, 'PUT']],
  ['a page by itself as its own site', ALL, [PUT], [0, { topLevelSite: REQUEST.origin }, '']],
  ['nothing that a request does not need', ALL, [], [0, { method: 'HEAD' }, '']],

  ['nothing for credentials', ALL, [PUT], [0, WITH, 'PUT']],
  ['with credentials', ALL, [[0, WITH, {}]], [0, WITH, '']],
  ['credentials apart', ['firefox'], [[0, WITH, {}]], [0, {}, 'PUT']],
  ['what serves both', ['standard', 'chromium', 'webkit'], [[0, WITH, {}]], [0, {}, '']],

  ['methods by their case', ALL, [[0, {}, { methods: ['put'] }]], [0, {}, 'PUT']],
  ['no header as a method', ALL, [[0, {}, { methods: [], headerNames: ['PUT'] }]], [0, {}, 'PUT']],
  ['no method as a header', ALL, [[0, X_A, { methods: ['x-a'] }]], [0, X_A, 'x-a']],
  ['header names in any case', ALL, [[0, X_A, { headerNames: ['X-A'] }]], [0, X_A, '']],
  [
    'that HEAD was not listed',
    ['firefox'],
    [[0, X_A, { headerNames: ['x-a'] }]],
    [0, { ...X_A, method: 'HEAD' }, 'HEAD'],
  ],
  [
    'nothing of HEAD',
    ['standard', 'chromium', 'webkit'],
    [[0, X_A, { headerNames: ['x-a'] }]],
    [0, { ...X_A, method: 'HEAD' }, ''],
  ],
  [
    'nothing of POST',
    ALL,
    [[0, X_A, { headerNames: ['x-a'] }]],
    [0, { ...X_A, method: 'POST' }, ''],
  ],

  [
    '* as any method',
    ['standard', 'chromium', 'webkit'],
    [[0, {}, { methods: ['*'] }]],
    [0, { method: 'DELETE' }, ''],
  ],
  [
    '* by its name',
    ['firefox'],
    [[0, {}, { methods: ['*'] }]],
    [0, { method: 'DELETE' }, 'DELETE'],
  ],
  [
    '* with credentials as any method, to the letter',
    ['standard'],
    [[0, WITH, { methods: ['*'] }]],
    [0, { ...WITH, method: 'DELETE' }, ''],
  ],
  [
    '* with credentials by its name',
    ['chromium', 'firefox', 'webkit'],
    [[0, WITH, { methods: ['*'] }]],
    [0, { ...WITH, method: 'DELETE' }, 'DELETE'],
  ],
  ['* as it was stored', ['chromium'], [[0, WITH, { methods: ['*'] }]], [0, {}, 'PUT']],
  ['* as it is asked for', ['webkit'], [[0, WITH, { methods: ['*'] }]], [0, {}, '']],
  [
    'no * for Authorization',
    ['standard', 'chromium', 'firefox'],
    [[0, X_A, { headerNames: ['*'] }]],
    [0, { ...X_A, headers: [['Authorization', 'x']] }, 'authorization'],
  ],

  ['a longer time', ALL, [PUT, [1, {}, { maxAge: 100 }]], [90, {}, '']],
  ['a shorter time', ALL, [PUT, [1, {}, { maxAge: 10 }]], [20, {}, 'PUT']],
  ['since when it is there', ['standard'], [PUT, [50, {}, {}]], [70, {}, 'PUT']],
  ['the last time', ['chromium', 'firefox', 'webkit'], [PUT, [50, {}, {}]], [70, {}, '']],
  ['anew what was over', ALL, [PUT, [80, {}, {}]], [100, {}, '']],
  [
    'each method by itself',
    ['standard', 'firefox'],
    [PUT, [1, {}, { methods: ['DELETE'] }]],
    [2, {}, ''],
  ],
  [
    'the last response only',
    ['chromium', 'webkit'],
    [PUT, [1, {}, { methods: ['DELETE'] }]],
    [2, {}, 'PUT'],
  ],

  [
    'long URLs',
    ['standard', 'firefox', 'webkit'],
    [[0, { url: LONG }, {}]],
    [0, { url: LONG }, ''],
  ],
  ['no long URL', ['chromium'], [[0, { url: LONG }, {}]], [0, { url: LONG }, 'PUT']],
  [
    'a URL that is just short enough',
    ['chromium'],
    [[0, { url: LONG.slice(1) }, {}]],
    [0, { url: LONG.slice(1) }, ''],
  ],
])('%s is remembered in %j', (_title, profiles, stored, [at, asked, causes]) => {
  for (const name of profiles) {
    const cache = new CorsPreflightCache();
    for (const [when, request, allowance] of stored) store(cache, name, when, request, allowance);
    expect(ask(cache, name, at, asked), name).toBe(causes);
  }
});

function store(
  cache: CorsPreflightCache,
  profile: ProfileName,
  at: number,
  request: Partial<CacheableRequest> = {},
  allowance: Partial<PreflightAllowance> = {},
): void {
  const allowed = { methods: ['PUT'], headerNames: [], maxAge: 60, ...allowance };
  cache.store({ ...REQUEST, ...request }, allowed, at * 1000, PROFILES[profile]);
}

/** The methods and header names that must be asked for. */
function ask(
  cache: CorsPreflightCache,
  profile: ProfileName,
  at: number,
  request: Partial<CacheableRequest>,
): string {
  return cache
    .unanswered({ ...REQUEST, ...request }, at * 1000, PROFILES[profile])
    .map((cause) =>
      cause.because === 'method' ? cause.method : 'name' in cause ? cause.name : cause.because,
    )
    .join(' ');
}

it('forgets what did not suffice, where a response is kept as a whole', () => {
  for (const name of ['chromium', 'webkit'] as const) {
    const cache = new CorsPreflightCache();
    store(cache, name, 0);
    expect(ask(cache, name, 0, { method: 'DELETE' })).toBe('DELETE');
    expect(ask(cache, name, 0, {})).toBe('PUT');
  }
});

it('is not asked by a request that needs no preflight', () => {
  const cache = new CorsPreflightCache();
  store(cache, 'chromium', 0);
  expect(ask(cache, 'chromium', 0, { ...WITH, method: 'GET' })).toBe('');
  expect(ask(cache, 'chromium', 0, {})).toBe('');
});

it('clears both kinds of credentials', () => {
  for (const name of ALL) {
    for (const request of [{}, WITH]) {
      const cache = new CorsPreflightCache();
      store(cache, name, 0, request);
      cache.clear({ ...REQUEST, ...request }, PROFILES[name]);
      expect(ask(cache, name, 0, request), name).toBe('PUT');
    }
  }
});

it('keeps that there was a preflight in Firefox, unless nothing was to be kept', () => {
  const listened = { method: 'POST', useCorsPreflight: true } as const;
  for (const [maxAge, causes] of [
    [1, ''],
    [0, 'use-cors-preflight-flag'],
  ] as const) {
    const cache = new CorsPreflightCache();
    store(cache, 'firefox', 0, listened, { methods: ['PUT'], maxAge });
    expect(ask(cache, 'firefox', 1000, listened)).toBe(causes);
    expect(ask(cache, 'firefox', 1000, {})).toBe('PUT');
  }
  const standard = new CorsPreflightCache();
  store(standard, 'standard', 0, listened, { methods: ['POST'], maxAge: 1 });
  expect(ask(standard, 'standard', 0, listened)).toBe('');
  expect(ask(standard, 'standard', 1000, listened)).toBe('use-cors-preflight-flag');
  // A max-age of 0 takes away what is there.
  store(standard, 'standard', 2000);
  store(standard, 'standard', 2000, {}, { maxAge: 0 });
  expect(ask(standard, 'standard', 2000, {})).toBe('PUT');
});

const at = (index: number): Partial<CacheableRequest> => ({
  url: `https://api.example.com/${String(index)}`,
});

/** As many URLs, one a millisecond. */
function filled(count: number, profile: ProfileName): CorsPreflightCache {
  const cache = new CorsPreflightCache();
  for (let index = 0; index < count; index += 1) store(cache, profile, index / 1000, at(index));
  return cache;
}

it('has room for 100 URLs in Firefox; then the one goes that was asked longest ago', () => {
  const cache = filled(100, 'firefox');
  expect(ask(cache, 'firefox', 1, at(0))).toBe('');
  // One that is there takes no room.
  store(cache, 'firefox', 1, at(5));
  expect(ask(cache, 'firefox', 1, at(1))).toBe('');
  store(cache, 'firefox', 1, at(100));
  expect([2, 0, 1, 3, 100].map((index) => ask(cache, 'firefox', 1, at(index)))).toEqual([
    ...['PUT', '', '', '', ''],
  ]);
});

it('makes room in Firefox by what is over', () => {
  const cache = new CorsPreflightCache();
  for (let index = 0; index < 100; index += 1) {
    store(cache, 'firefox', 0, at(index), { maxAge: index === 50 ? 1 : 60 });
  }
  store(cache, 'firefox', 1, at(100));
  expect([0, 50, 100].map((index) => ask(cache, 'firefox', 1, at(index)))).toEqual(['', 'PUT', '']);
});

it('has room for any number of URLs elsewhere', () => {
  for (const name of ['standard', 'chromium', 'webkit'] as const) {
    const cache = filled(300, name);
    expect(ask(cache, name, 1, at(0)), name).toBe('');
  }
});
