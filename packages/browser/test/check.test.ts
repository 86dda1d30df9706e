import { describe, expect, it } from 'vitest';

import { type Check, type HeaderList, type ProfileName, simulateFetchSync } from '../src/index.js';

const ORIGIN = 'https://app.example.com';
const REQUEST = { origin: ORIGIN, url: 'https://api.example.com/' };
const ALLOW: HeaderList = [['Access-Control-Allow-Origin', ORIGIN]];
const PUT: HeaderList = [...ALLOW, ['Access-Control-Allow-Methods', 'PUT']];
const LOCATION = ['Location', '/b'] as const;

/** The names, the one that failed with a mark. */
function outline(checks: readonly Check[] | undefined): string | undefined {
  return checks?.map(({ name, ok }) => (ok ? name : `${name}!`)).join(' ');
}

describe('the checks of a preflight, up to the one that fails', () => {
  it.each<[checks: string, ProfileName, status: number, HeaderList]>([
    ['cors-check!', 'standard', 204, []],
    ['cors-check status!', 'standard', 404, ALLOW],
    ['cors-check status!', 'standard', 302, [...ALLOW, LOCATION]],
    [
      'cors-check status allow-methods!',
      'standard',
      204,
      [...ALLOW, ['Access-Control-Allow-Methods', 'PUT PATCH']],
    ],
    [
      'cors-check status allow-methods allow-headers!',
      'standard',
      204,
      [...PUT, ['Access-Control-Allow-Headers', '"x"']],
    ],
    ['cors-check status allow-methods allow-headers method!', 'standard', 204, ALLOW],
    ['cors-check status allow-methods allow-headers method headers!', 'standard', 204, PUT],
    [
      'cors-check status allow-methods allow-headers method headers',
      'standard',
      204,
      [...PUT, ['Access-Control-Allow-Headers', 'x-a']],
    ],
    ['redirect!', 'chromium', 302, [LOCATION]],
    ['redirect cors-check!', 'chromium', 404, []],
    ['redirect cors-check status!', 'chromium', 404, ALLOW],
    ['cors-check redirect!', 'firefox', 302, [...ALLOW, LOCATION]],
    ['cors-check redirect status allow-methods method!', 'firefox', 204, ALLOW],
    ['redirect status!', 'webkit', 404, []],
  ])('%s in %s: %i, %j', (checks, profile, status, headers) => {
    const { hops } = simulateFetchSync(
      { ...REQUEST, method: 'PUT', headers: [['X-A', '1']] },
      () => ({ status, headers }),
      { profile },
    );
    expect(outline(hops[0]?.preflight?.checks)).toBe(checks);
  });
});

it('the check of a response', () => {
  const outlineOf = (headers: HeaderList): string | undefined =>
    outline(simulateFetchSync(REQUEST, () => ({ status: 200, headers })).hops[0]?.checks);
  expect(outlineOf(ALLOW)).toBe('cors-check');
  expect(outlineOf([])).toBe('cors-check!');
});
