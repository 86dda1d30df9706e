/**
 * Scenarios that must not start.
 */
import type { Scenario } from '../scenario.js';

/** Scenarios whose options must be refused. */
export const refusedScenarios: readonly Scenario[] = [
  {
    id: 'refused',
    description: 'Any origin with credentials, which no server may start with.',
    setup: { kind: 'refused', options: { origin: '*', credentials: true } },
  },
  {
    id: 'refused-for-six-mistakes',
    description: 'Six mistakes in one set of options.',
    setup: {
      kind: 'refused',
      options: {
        origin: ['https://a.example/', 'https://c.example:443'],
        methods: ['patch'],
        allowedHeaders: ['Cookie'],
        maxAge: -1,
        allowHeaders: ['X-A'],
      },
    },
  },
];
