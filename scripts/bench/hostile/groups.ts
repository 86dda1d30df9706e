/** Hostile requests: how long each takes, and how much is sent back. */
import type { Group } from '../group.js';
import { INPUTS } from './inputs.js';

const group = (measured: string): Omit<Group, 'scenario' | 'unit'> => ({
  part: 'hostile',
  subject: 'node',
  kinds: Object.keys(INPUTS).map((name) => ({
    name,
    script: 'hostile/child',
    parameters: [name, measured],
  })),
});

export const hostileGroups: readonly Group[] = [
  { ...group('time'), scenario: 'time', unit: 'µs' },
  { ...group('bytes'), scenario: 'bytes sent back', unit: 'bytes', isExact: true },
];
