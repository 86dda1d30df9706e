/** Start-up: loading each adapter, and building a policy of a million origins. */
import { FRAMEWORKS, type Framework, PEERS } from '../adapters/frameworks.js';
import type { Group, Kind } from '../group.js';

const importing = (framework: Framework, name: string, kind: string): Kind => {
  const isPackage = framework !== 'node' && framework !== 'fetch';
  const parameters = [isPackage ? framework : 'none', name];
  return { name: kind, script: 'startup/import-child', parameters };
};

const building = (subject: string, measured: string): Kind => ({
  name: subject,
  script: 'startup/build-child',
  parameters: [subject, measured],
  nodeOptions: ['--expose-gc'],
});

export const startUpGroups: readonly Group[] = [
  ...FRAMEWORKS.map((framework): Group => {
    const peer = PEERS[framework];
    return {
      part: 'start-up',
      subject: framework,
      scenario: 'import',
      unit: 'ms',
      kinds: [
        ...(peer === null ? [] : [importing(framework, peer, 'peer')]),
        importing(framework, `@cors/${framework}`, 'ours'),
      ],
    };
  }),
  {
    part: 'start-up',
    subject: 'core',
    scenario: 'building a million origins, time',
    unit: 'ms',
    kinds: [building('new Set', 'time'), building('ours', 'time')],
  },
  {
    part: 'start-up',
    subject: 'core',
    scenario: 'building a million origins, memory',
    unit: 'MB',
    kinds: [building('new Set', 'memory'), building('ours', 'memory')],
  },
];
