/** Whole servers, over sockets. */
import { type Framework, FRAMEWORKS, PEERS } from '../adapters/frameworks.js';
import type { Group, Kind } from '../group.js';

export const socketGroups: readonly Group[] = FRAMEWORKS.flatMap((framework) =>
  ['one origin', 'preflight'].map((scenario) => ({
    part: 'sockets',
    subject: framework,
    scenario,
    unit: 'requests/s',
    kinds: kindsOver('sockets/child', framework, scenario),
  })),
);

/** The floor says how much of the distance from the bare framework is the headers themselves. */
export function kindsOver(script: string, framework: Framework, scenario: string): Kind[] {
  const names = ['bare', 'floor', ...(PEERS[framework] === null ? [] : ['peer']), 'ours'];
  return names.map((name) => ({ name, script, parameters: [framework, scenario, name] }));
}
