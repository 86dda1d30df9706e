/** Whole servers, over sockets. */
import { FRAMEWORKS, PEERS } from '../adapters/frameworks.js';
import type { Group } from '../group.js';

export const socketGroups: readonly Group[] = FRAMEWORKS.flatMap((framework) =>
  ['one origin', 'preflight'].map((scenario) => ({
    part: 'sockets',
    subject: framework,
    scenario,
    unit: 'requests/s',
    // The floor says how much of the distance from the bare framework is the headers themselves.
    kinds: ['bare', 'floor', ...(PEERS[framework] === null ? [] : ['peer']), 'ours'].map(
      (kind) => ({
        name: kind,
        script: 'sockets/child',
        parameters: [framework, scenario, kind],
      }),
    ),
  })),
);
