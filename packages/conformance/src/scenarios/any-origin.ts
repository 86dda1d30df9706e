/**
 * Scenarios of any origin.
 */
import type { Scenario } from '../scenario.js';

/** Scenarios for any origin. */
export const anyOriginScenarios: readonly Scenario[] = [
  {
    id: 'any',
    description: 'Any origin, and nothing else.',
    setup: { kind: 'policy', policy: { origin: '*' } },
  },
  {
    id: 'any-lists',
    description: 'Any origin, with lists of methods, request headers and exposed headers.',
    setup: {
      kind: 'policy',
      policy: {
        origin: '*',
        methods: ['PUT', 'PATCH'],
        allowedHeaders: ['Content-Type', 'X-A'],
        exposedHeaders: ['X-One', 'X-Two'],
        maxAge: 600,
      },
    },
  },
  {
    id: 'any-wildcards',
    description: 'Any origin, and `*` for every list, cached a day.',
    setup: {
      kind: 'policy',
      policy: {
        origin: '*',
        methods: '*',
        allowedHeaders: '*',
        exposedHeaders: '*',
        maxAge: 86_400,
      },
    },
  },
  {
    id: 'any-authorization',
    description: 'Any origin, every method, every request header and Authorization by name.',
    setup: {
      kind: 'policy',
      policy: { origin: '*', methods: '*', allowedHeaders: ['*', 'Authorization'] },
    },
  },
];
