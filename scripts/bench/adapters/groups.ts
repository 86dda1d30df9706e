/** Adapters over the bare framework, in process. */
import type { Group } from '../group.js';
import { FRAMEWORKS, type Framework, PEERS } from './frameworks.js';
import { LARGE_SCENARIOS, type ScenarioName, SMALL_SCENARIOS } from './scenario.js';

export const adapterGroups: readonly Group[] = FRAMEWORKS.flatMap((framework) => [
  ...SMALL_SCENARIOS.map((scenario) => group(framework, scenario, true)),
  ...LARGE_SCENARIOS.map((scenario) => group(framework, scenario, false)),
]);

function group(framework: Framework, scenario: ScenarioName, isSmall: boolean): Group {
  const kinds = [
    'bare',
    ...(isSmall ? ['floor'] : []),
    ...(PEERS[framework] ? ['peer'] : []),
    'ours',
  ];
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
