import { describe, expect, it } from 'vitest';

import {
  isCorsSafelistedMethod,
  isForbiddenMethod,
  isMethod,
  normalizeMethod,
} from '../src/index.js';

describe('normalizeMethod', () => {
  it.each([
    ['get', 'GET'],
    ['Head', 'HEAD'],
    ['pOST', 'POST'],
    ['put', 'PUT'],
    ['delete', 'DELETE'],
    ['options', 'OPTIONS'],
    ['patch', 'patch'],
    ['Patch', 'Patch'],
    ['query', 'query'],
    ['connect', 'connect'],
    ['get ', 'get '],
    ['', ''],
    // Unicode's upper case of it is POST.
    ['po\u017ft', 'po\u017ft'],
  ])('%j → %j', (method, normalized) => {
    expect(normalizeMethod(method)).toBe(normalized);
  });
});

describe('isForbiddenMethod', () => {
  it.each(['CONNECT', 'TRACE', 'TRACK', 'connect', 'Trace', 'tRACK'])('%j is', (method) => {
    expect(isForbiddenMethod(method)).toBe(true);
  });

  it.each(['GET', 'OPTIONS', 'TRACES', ' TRACE', 'DEBUG', '', 'trac\u212a'])(
    '%j is not',
    (method) => {
      expect(isForbiddenMethod(method)).toBe(false);
    },
  );
});

describe('isCorsSafelistedMethod', () => {
  it.each(['GET', 'HEAD', 'POST'])('%j is', (method) => {
    expect(isCorsSafelistedMethod(method)).toBe(true);
  });

  it.each(['get', 'Post', 'OPTIONS', 'PUT', 'QUERY', 'PATCH', '*', ''])('%j is not', (method) => {
    expect(isCorsSafelistedMethod(method)).toBe(false);
  });
});

describe('isMethod', () => {
  it.each(['GET', '*', 'M-SEARCH', "!#$%&'*+-.^_`|~", '0'])('%j is', (method) => {
    expect(isMethod(method)).toBe(true);
  });

  it.each(['', 'GE T', 'GET\n', 'GÉT', 'GET/', '"GET"', 'GET,PUT'])('%j is not', (method) => {
    expect(isMethod(method)).toBe(false);
  });
});
