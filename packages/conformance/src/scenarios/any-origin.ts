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
    id: 'any-with-credentials',
    description: 'Any origin with credentials, which a server may refuse to start with.',
    setup: { kind: 'policy', policy: { origin: '*', credentials: true, methods: ['PUT'] } },
    mayBeRefused: true,
  },
  {
    id: 'any-header-wildcards',
    description: 'Any origin, and `*` for the lists of headers.',
    setup: {
      kind: 'policy',
      policy: { origin: '*', methods: ['PUT'], allowedHeaders: '*', exposedHeaders: '*' },
    },
  },
  {
    id: 'any-authorization',
    description: 'Any origin, PUT, every request header and Authorization by name.',
    setup: {
      kind: 'policy',
      policy: { origin: '*', methods: ['PUT'], allowedHeaders: ['*', 'Authorization'] },
    },
  },
];
