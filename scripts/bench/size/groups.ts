/** Sizes of the packages. */
import type { Group } from '../group.js';
import { BUDGETS } from './budgets.js';

/** What the core is made of. Some of it is in several: the grammar of origins, say. */
const CORE: Readonly<Record<string, readonly ['with' | 'without', ...string[]]>> = {
  all: ['with', 'index'],
  'answers requests': ['with', 'decide', 'policy', 'commit'],
  'checks options': ['with', 'validate-options'],
  'explains and logs': ['with', 'explain', 'log-denials'],
  'ancestors of public suffixes': ['with', 'public-suffix-ancestors'],
  'all, without sentences': ['without', 'index'],
};

export const sizeGroups: readonly Group[] = [
  ...Object.keys(BUDGETS).map(
    (name): Group => ({
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
    }),
  ),
  {
    part: 'size',
    subject: 'core',
    scenario: 'the core',
    unit: 'bytes',
    isExact: true,
    kinds: Object.entries(CORE).map(([name, parameters]) => ({
      name,
      script: 'size/core-child',
      parameters,
    })),
  },
];
