/** Adapters over the bare framework, in process. */
import type { Group } from '../group.js';
import { FRAMEWORKS, HONO_ON_NODE, PEERS } from './frameworks.js';
import { LARGE_SCENARIOS, type ScenarioName, SMALL_SCENARIOS } from './scenario.js';

export const adapterGroups: readonly Group[] = [
  ...FRAMEWORKS.flatMap((framework) => {
    const peer = PEERS[framework] === null ? [] : ['peer'];
    return [
      ...SMALL_SCENARIOS.map((each) => group(framework, each, ['bare', 'floor', ...peer, 'ours'])),
      ...LARGE_SCENARIOS.map((each) => group(framework, each, ['bare', ...peer, 'ours'])),
    ];
  }),
  ...SMALL_SCENARIOS.map((each) => group(HONO_ON_NODE, each, ['bare', 'floor', 'peer', 'ours'])),
];

function group(framework: string, scenario: ScenarioName, kinds: readonly string[]): Group {
  const list = kinds.map((kind) => ({
    name: kind,
    script: 'adapters/child',
    parameters: [framework, scenario, kind],
  }));
  // The same once more: no difference below the one between these two means anything.
  const self = list
    .filter(({ name }) => name === 'floor')
    .map((kind) => ({ ...kind, name: 'self' }));
  return {
    part: 'adapters',
    subject: framework,
    scenario,
    unit: 'µs',
    kinds: scenario === 'one origin' ? [...list, ...self] : list,
  };
}
