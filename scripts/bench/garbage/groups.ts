/** Bytes allocated by a decision, and by a request. */
import { FRAMEWORKS, PEERS } from '../adapters/frameworks.js';
import type { Group } from '../group.js';
import { NODE_OPTIONS_WITHOUT_GC } from './allocated.js';

const DECISIONS = ['allowed', 'denied', 'preflight', 'denied preflight', 'no Origin'];
const SCENARIOS = ['one origin', 'preflight', 'denied', 'no Origin'];

export const garbageGroups: readonly Group[] = [
  {
    part: 'garbage',
    subject: 'core',
    scenario: 'decisions',
    unit: 'bytes',
    kinds: DECISIONS.map((name) => ({
      name,
      script: 'garbage/decision-child',
      parameters: [name],
      nodeOptions: NODE_OPTIONS_WITHOUT_GC,
    })),
  },
  ...FRAMEWORKS.flatMap((framework) =>
    SCENARIOS.map(
      (scenario): Group => ({
        part: 'garbage',
        subject: framework,
        scenario,
        unit: 'bytes',
        kinds: ['bare', ...(PEERS[framework] === null ? [] : ['peer']), 'ours'].map((kind) => ({
          name: kind,
          script: 'garbage/request-child',
          parameters: [framework, scenario, kind],
          nodeOptions: NODE_OPTIONS_WITHOUT_GC,
        })),
      }),
    ),
  ),
];
