import { describe, expect, it } from 'vitest';

import { preflightMaxAge } from '../src/index.js';
import { headerListOf, type MaxAgeVector, readVectors } from './vectors.js';

// The answers of the standard; `expectedSecondsCapped` and `engineActualSeconds` are for profiles.
const vectors = readVectors('max-age');
const uncontested = vectors.filter(({ contested }) => !contested);
const contested = vectors.filter(({ contested }) => contested);

it('has all its vectors', () => {
  expect(uncontested).toHaveLength(26);
  expect(contested).toHaveLength(1);
});

it.each(uncontested)('$id: $headerValue', check);

// Browsers answer otherwise; profiles will say so.
describe('contested: the standard to the letter', () => {
  it.each(contested)('$id: $headerValue', check);
});

function check({ headerValue, expectedSeconds, expectedSecondsText }: MaxAgeVector): void {
  const headers =
    headerValue === null ? [] : headerListOf({ 'Access-Control-Max-Age': headerValue });
  const seconds = preflightMaxAge({ headers });
  if (expectedSecondsText === undefined) expect(seconds).toBe(expectedSeconds);
  else expect(BigInt(seconds)).toBe(BigInt(expectedSecondsText));
}

it('is finite, however many digits there are', () => {
  const headers = headerListOf({ 'Access-Control-Max-Age': '9'.repeat(400) });
  expect(preflightMaxAge({ headers })).toBe(Number.MAX_VALUE);
});
