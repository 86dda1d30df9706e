/** Whole servers, over sockets. */
import { type Framework, FRAMEWORKS, PEERS } from '../adapters/frameworks.js';
import type { Group } from '../group.js';

export const socketGroups: readonly Group[] = FRAMEWORKS.flatMap((framework) =>
  ['one origin', 'preflight'].map((scenario) => ({
    part: 'sockets',
    subject: framework,
    scenario,
    unit: 'requests/s',
    kinds: [
      {
        name: 'all, in turn',
        script: 'sockets/child',
        parameters: [framework, scenario, ...kindsOver(framework)],
      },
    ],
  })),
);

/** The floor says how much of the distance from the bare framework is the headers themselves. */
export function kindsOver(framework: Framework): string[] {
  return ['bare', 'floor', ...(PEERS[framework] === null ? [] : ['peer']), 'ours'];
}
