/**
 * What Firefox's console says of failures that single exchanges with the browser reach seldom.
 */
import { expect, it } from 'vitest';

import { type Header, type PageRequest, simulateFetchSync } from '../src/index.js';

const ORIGIN = 'https://app.example.com';

function report(
  request: Partial<PageRequest>,
  status: number,
  ...headers: Header[]
): string | null {
  const { firefox } = simulateFetchSync(
    { origin: ORIGIN, url: `${ORIGIN}/a`, ...request },
    () => ({ status, headers }),
    { profile: 'firefox' },
  ).verdict;
  return firefox === null ? null : `${firefox.reason}: ${firefox.text}`;
}

it.each<[string | null, location: string]>([
  ['CORSDidNotSucceed: CORS request did not succeed', 'https://me@api.example.com/'],
  [null, 'https://'],
  [null, 'ftp://files.example.com/'],
])('%s, of a redirect from home to %s', (said, location) => {
  expect(report({}, 302, ['Location', location])).toBe(said);
});

it('a value stands in the text as it is', () => {
  const url = 'https://api.example.com/';
  expect(report({ url }, 200, ['Access-Control-Allow-Origin', '$&$1'])).toBe(
    'CORSAllowOriginNotMatchingOrigin: CORS header ‘Access-Control-Allow-Origin’ does not match ‘$&$1’',
  );
});

it.each<[string | null, PageRequest['mode']]>([
  ['CORSRequestNotHttp: CORS request not http', undefined],
  ['CORSRequestNotHttp: CORS request not http', 'cors'],
  [null, 'no-cors'],
  [null, 'same-origin'],
])('%s, of a scheme without CORS in mode %s', (said, mode) => {
  expect(report({ url: 'ftp://files.example.com/', mode }, 200)).toBe(said);
});
