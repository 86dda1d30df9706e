import { expect, it } from 'vitest';

import { type HeaderList, type PageRequest, simulateFetchSync } from '../src/index.js';

const ORIGIN = 'https://app.example.com';
const REQUEST = { origin: ORIGIN, url: 'https://api.example.com/' };
const ALLOW: HeaderList = [['Access-Control-Allow-Origin', ORIGIN]];

it.each<[advice: readonly string[], HeaderList, PageRequest?]>([
  [['vary-missing'], ALLOW],
  [['vary-missing'], [...ALLOW, ['Vary', 'Accept-Encoding, X-Origin']]],
  [['vary-missing'], [...ALLOW, ['Cache-Control', 'max-age=60']]],
  [[], [...ALLOW, ['Vary', 'Accept-Encoding,ORIGIN']]],
  [[], [...ALLOW, ['Vary', '*']]],
  [[], [...ALLOW, ['Cache-Control', 'private, no-store']]],
  [[], [['Access-Control-Allow-Origin', '*']]],
  [
    ['null-allowed'],
    [
      ['Access-Control-Allow-Origin', 'null'],
      ['Vary', 'Origin'],
    ],
    { ...REQUEST, origin: 'null' },
  ],
  // Without CORS there is nothing to say.
  [[], [], { ...REQUEST, url: `${ORIGIN}/` }],
  [[], ALLOW, { ...REQUEST, mode: 'no-cors' }],
  [[], [], REQUEST],
])('%j for %j', (advice, headers, request = REQUEST) => {
  const { verdict } = simulateFetchSync(request, () => ({ status: 200, headers }));
  expect(verdict.advice.map(({ code }) => code)).toEqual(advice);
});
