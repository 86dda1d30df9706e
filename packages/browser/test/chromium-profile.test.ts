/**
 * Chromium's departures that single exchanges with the browser reach seldom, held fast one by one.
 */
import { describe, expect, it } from 'vitest';

import {
  followRedirect,
  type HeaderList,
  isCorsSafelistedRequestHeader,
  type PageRequest,
  preflightCheck,
  PROFILES,
  simulateFetchSync,
} from '../src/index.js';

const { standard, chromium } = PROFILES;
const ORIGIN = 'https://app.example.com';

describe('client hints', () => {
  it.each<[name: string, safe: string[], unsafe: string[]]>([
    ['device-memory', ['1', '1.25'], ['', 'abc', '1.', '.1', '.', '-1', '1e2', '1.25.3', '1, 2']],
    ['dpr', ['1', '1.25'], ['', 'abc', '1.', '.1', '.', '-1', '1e2', '1.25.3', 'inf']],
    ['width', ['1', '2147483648'], ['', 'abc', '125.2', '-125', '+1']],
    ['viewport-width', ['1', '2147483648'], ['', 'abc', '125.2', '-125', '+1']],
    ['save-data', ['on', 'On', 'ON'], ['', 'off', 'on ', 'o']],
    ['rtt', ['', '1', 'x'], []],
    ['downlink', ['', '1.0', 'x'], []],
    ['ect', ['', '2g', 'x'], []],
    ['intervention', ['', 'x', '<https://example.com>; level="warning"'], []],
    ['sec-ch-ua', ['', '"Browser"; v="1"'], []],
    ['sec-ch-ua-mobile', ['?1'], []],
    ['sec-ch-prefers-color-scheme', ['"dark"'], []],
  ])('%s is safelisted by its value', (name, safe, unsafe) => {
    const isSafe = (value: string): boolean =>
      isCorsSafelistedRequestHeader(name.toUpperCase(), value, chromium);
    expect(safe.filter((value) => !isSafe(value))).toEqual([]);
    expect(unsafe.filter(isSafe)).toEqual([]);
    expect(isSafe('1'.repeat(129))).toBe(false);
    const inStandard = [...safe, ...unsafe].filter((value) =>
      isCorsSafelistedRequestHeader(name, value, standard),
    );
    expect(inStandard).toEqual([]);
  });

  it.each(['Device-Memory', 'DPR', 'Width', 'Viewport-Width', 'RTT', 'Downlink', 'ECT'])(
    '%s goes when a redirect leads abroad',
    (name) => {
      const headers: HeaderList = [
        [name, '1'],
        ['X-A', '1'],
      ];
      const lead = (location: string, profile = chromium): HeaderList | null => {
        const next = followRedirect(
          {
            ...{
              origin: ORIGIN,
              mode: 'cors',
              tainting: 'cors',
              method: 'GET',
              headers,
              body: null,
            },
            urlList: ['https://api.example.com/'],
          },
          { status: 302, headers: [['Location', location]] },
          profile,
        );
        return next?.ok === true ? next.headers : null;
      };
      expect(lead('https://api.example.com/b')).toEqual([['X-A', '1']]);
      expect(lead(`${ORIGIN}/b`)).toEqual(headers);
      expect(lead('https://cdn.example.com/', standard)).toEqual(headers);
    },
  );
});

describe('what Chromium reports of a redirect', () => {
  const report = (url: string, location: string): string | null =>
    simulateFetchSync(
      { origin: ORIGIN, url },
      () => ({
        status: 302,
        headers: [
          ['Access-Control-Allow-Origin', '*'],
          ['Location', location],
        ],
      }),
      { profile: 'chromium' },
    ).verdict.chromium?.corsError ?? null;

  it.each([
    ['ftp://files.example.com/', 'CorsDisabledScheme'],
    ['mailto:me@example.com', 'CorsDisabledScheme'],
    ['about:blank', null],
    ['blob:https://app.example.com/a', null],
    ['data:,a', null],
    ['file:///a', null],
    ['filesystem:https://app.example.com/temporary/a', null],
    ['FILE:///a', null],
  ])('to %s: %s', (location, error) => {
    expect(report('https://api.example.com/', location)).toBe(error);
  });

  it('with credentials: nothing where it stays at home', () => {
    const withUser = (host: string): string => `https://me@${host}.example.com/`;
    expect(report(`${ORIGIN}/`, withUser('app'))).toBeNull();
    expect(report(`${ORIGIN}/`, withUser('api'))).toBe('RedirectContainsCredentials');
    expect(report('https://api.example.com/', withUser('app'))).toBe('RedirectContainsCredentials');
    expect(report('https://api.example.com/', withUser('api'))).toBe('RedirectContainsCredentials');
  });
});

it('names what a preflight does not allow', () => {
  const reported = (request: Partial<PageRequest>): string | undefined =>
    simulateFetchSync(
      { origin: ORIGIN, url: 'https://api.example.com/', ...request },
      () => ({ status: 204, headers: [['Access-Control-Allow-Origin', '*']] }),
      { profile: 'chromium' },
    ).verdict.chromium?.failedParameter;
  expect(reported({ headers: [['X-Token', '1']] })).toBe('x-token');
  expect(reported({ method: 'PATCH' })).toBe('PATCH');
});

it('says nothing of a scheme that it knows from the start', () => {
  const request = { origin: ORIGIN, url: 'ftp://files.example.com/' };
  const { verdict } = simulateFetchSync(request, () => ({ status: 200, headers: [] }), {
    profile: 'chromium',
  });
  expect([verdict.code, verdict.chromium]).toEqual(['non-http-scheme', null]);
});

it('reads both lists before it looks at the method', () => {
  const request = { origin: ORIGIN, credentialsMode: 'omit', method: 'PUT', headers: [] } as const;
  const headers: HeaderList = [
    ['Access-Control-Allow-Origin', '*'],
    ['Access-Control-Allow-Headers', 'x y'],
  ];
  const reason = (profile: typeof chromium): string => {
    const result = preflightCheck(request, { status: 204, headers }, profile);
    return result.ok ? 'ok' : result.reason;
  };
  expect(reason(chromium)).toBe('invalid-allow-headers');
  expect(reason(standard)).toBe('invalid-allow-headers');
  expect(reason(PROFILES.firefox)).toBe('method-not-allowed');
});
