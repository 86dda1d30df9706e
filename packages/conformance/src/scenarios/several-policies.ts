/**
 * Scenarios of more than one policy.
 */
import type { Scenario, ScenarioPolicy } from '../scenario.js';
import { listed } from './lists.js';

/** The policies to choose among, by the first segment of the path. */
const choices: Readonly<Record<string, ScenarioPolicy | false>> = {
  a: {
    origin: ['https://a.example'],
    credentials: true,
    methods: ['PUT'],
    allowedHeaders: ['x-a'],
  },
  c: { origin: ['https://c.example'], methods: ['DELETE'], exposedHeaders: ['X-One'] },
  any: { origin: '*', methods: ['PATCH'] },
  none: false,
};

/** Scenarios with a choice or a stack of policies. */
export const severalPolicyScenarios: readonly Scenario[] = [
  {
    id: 'chosen',
    description: 'A policy chosen at once for each request.',
    setup: { kind: 'chosen', when: 'now', policies: choices },
  },
  {
    id: 'chosen-later',
    description: 'A policy chosen asynchronously for each request.',
    setup: { kind: 'chosen', when: 'later', policies: choices },
  },
  {
    id: 'chosen-throws',
    description: 'A choice of policy that fails.',
    setup: { kind: 'chosen', when: 'throws', policies: choices },
  },
  {
    id: 'stacked-same',
    description: 'One policy applied twice to every request.',
    setup: { kind: 'stacked', outer: listed, inner: listed },
  },
  {
    id: 'stacked-different',
    description: 'Two different policies applied to every request.',
    setup: {
      kind: 'stacked',
      outer: listed,
      inner: { origin: ['https://a.example', 'https://c.example'], methods: ['DELETE'] },
    },
  },
];
