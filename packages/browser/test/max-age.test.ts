import { describe, expect, it } from 'vitest';

import { type HeaderList, preflightMaxAge, PROFILES } from '../src/index.js';
import { headerListOf, type MaxAgeVector, readVectors } from './vectors.js';

const vectors = readVectors('max-age');

// What browsers contest is here, too: the standard to the letter.
it.each(vectors)('$id: $headerValue', check);

describe.each(['chromium', 'firefox', 'webkit'] as const)('as %s has it', (profile) => {
  const known = vectors.filter(({ engineActualSeconds }) => engineActualSeconds[profile] !== null);
  it.each(known)('$id: $headerValue', ({ headerValue, engineActualSeconds }) => {
    const response = { headers: headersOf(headerValue) };
    expect(preflightMaxAge(response, PROFILES[profile])).toBe(engineActualSeconds[profile]);
  });
});

function headersOf(value: MaxAgeVector['headerValue']): HeaderList {
  return value === null ? [] : headerListOf({ 'Access-Control-Max-Age': value });
}

function check({ headerValue, expectedSeconds, expectedSecondsText }: MaxAgeVector): void {
  const seconds = preflightMaxAge({ headers: headersOf(headerValue) });
  if (expectedSecondsText === undefined) expect(seconds).toBe(expectedSeconds);
  else expect(BigInt(seconds)).toBe(BigInt(expectedSecondsText));
}

it.each([
  ['-9223372036854775808', 0],
  ['-9223372036854775809', 5],
  ['9223372036854775807', 7200],
  ['9223372036854775808', 5],
  ['-', 5],
  ['+', 5],
  ['+-1', 5],
])('Chromium reads %s as a number of 64 bits, if it is one: %i seconds', (value, seconds) => {
  const headers = headerListOf({ 'Access-Control-Max-Age': value });
  expect(preflightMaxAge({ headers }, PROFILES.chromium)).toBe(seconds);
});

it('is finite, however many digits there are', () => {
  const headers = headerListOf({ 'Access-Control-Max-Age': '9'.repeat(400) });
  expect(preflightMaxAge({ headers })).toBe(Number.MAX_VALUE);
});
