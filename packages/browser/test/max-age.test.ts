import { describe, expect, it } from 'vitest';

import { type HeaderList, preflightMaxAge, PROFILES } from '../src/index.js';
import { headerListOf, type MaxAgeVector, readVectors } from './vectors.js';

const vectors = readVectors('max-age');
const uncontested = vectors.filter(({ contested }) => !contested);
const contested = vectors.filter(({ contested }) => contested);

it('has all its vectors', () => {
  expect(uncontested).toHaveLength(26);
  expect(contested).toHaveLength(1);
});

it.each(uncontested)('$id: $headerValue', check);

describe('contested: the standard to the letter', () => {
  it.each(contested)('$id: $headerValue', check);
});

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

it('is finite, however many digits there are', () => {
  const headers = headerListOf({ 'Access-Control-Max-Age': '9'.repeat(400) });
  expect(preflightMaxAge({ headers })).toBe(Number.MAX_VALUE);
});
