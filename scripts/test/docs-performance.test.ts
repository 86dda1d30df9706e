/** docs/performance.md is what was measured. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { performancePage } from '../bench/page.js';
import { readResults } from '../bench/results.js';

const root = join(import.meta.dirname, '../..');

it('is made from the results that are kept', () => {
  const results = readResults(join(root, 'scripts/bench/results.json'));
  expect(readFileSync(join(root, 'docs/performance.md'), 'utf8')).toBe(performancePage(results));
});
