/**
 * Every vector is here: a file that lost some of them would pass without a word.
 */
import { expect, it } from 'vitest';

import { readVectors } from './vectors.js';

it.each([
  ['cors-check', 67],
  ['exposed-headers', 41],
  ['max-age', 27],
  ['needs-preflight', 60],
  ['origin-serialization', 79],
  ['preflight-cache', 19],
  ['preflight-check', 123],
  ['redirects', 92],
  ['safelisted-request-header', 115],
] as const)('%s has %i vectors, each with a name of its own', (name, count) => {
  const names = readVectors(name).map(({ id }) => id);
  expect(names).toHaveLength(count);
  expect(new Set(names).size).toBe(count);
});
