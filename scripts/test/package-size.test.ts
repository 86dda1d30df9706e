/** Every package within its budget, alone and with what it depends on. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUDGETS } from '../bench/size/budgets.js';
import { entryOf, packageSize } from '../bench/size/package-size.js';

const root = join(import.meta.dirname, '../..');

it('has a budget for every package', () => {
  expect(Object.keys(BUDGETS).sort()).toEqual(readdirSync(join(root, 'packages')).sort());
});

describe.each(Object.entries(BUDGETS))('@cors/%s', (name, budget) => {
  it.each([
    ['without', budget.alone],
    ['with', budget.withDependencies],
  ] as const)('%s its dependencies is within %i bytes', async (dependencies, bytes) => {
    const size = await packageSize(entryOf(root, name), dependencies);
    expect(size).toBeLessThanOrEqual(bytes);
  });
});
