/** Sizes of the packages. */
import type { Group } from '../group.js';
import { BUDGETS } from './budgets.js';

export const sizeGroups: readonly Group[] = Object.keys(BUDGETS).map((name) => ({
  part: 'size',
  subject: name,
  scenario: 'minified, gzip',
  unit: 'bytes',
  isExact: true,
  kinds: (['without', 'with'] as const).map((dependencies) => ({
    name: `${dependencies} dependencies`,
    script: 'size/child',
    parameters: [name, dependencies],
  })),
}));
