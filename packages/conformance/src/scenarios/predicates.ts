/**
 * Scenarios of predicates, working and failing.
 */
import type { Scenario, ScenarioPolicy, ScenarioPredicate } from '../scenario.js';

/**
 * Behind every predicate: two origins that it admits, and two that it would admit if it were asked,
 * which it must not be where credentials are on.
 */
const admitted = ['https://a.example', 'https://c.example', 'null', 'http://plain.example'];

function asking(predicate: ScenarioPredicate['predicate']): ScenarioPolicy {
  return {
    origin: { predicate, allow: admitted },
    credentials: true,
    methods: ['PUT'],
    allowedHeaders: ['x-a'],
  };
}

/** Scenarios with a predicate. */
export const predicateScenarios: readonly Scenario[] = [
  {
    id: 'insecure-allowed',
    description: 'A predicate with credentials that may be asked about http: origins.',
    setup: {
      kind: 'policy',
      policy: {
        origin: { predicate: 'answers', allow: admitted },
        credentials: true,
        dangerouslyAllowInsecureOrigins: true,
      },
    },
  },
  {
    id: 'predicate',
    description: 'A predicate that answers at once, with credentials.',
    setup: { kind: 'policy', policy: asking('answers') },
  },
  {
    id: 'predicate-later',
    description: 'A predicate that answers after a while, without credentials.',
    setup: { kind: 'policy', policy: { ...asking('answers-later'), credentials: false } },
  },
  {
    id: 'predicate-slow',
    description: 'A predicate that takes its time to answer, with credentials.',
    setup: { kind: 'policy', policy: asking('answers-slowly') },
  },
  {
    id: 'predicate-throws',
    description: 'A predicate that throws.',
    setup: { kind: 'policy', policy: asking('throws') },
  },
  {
    id: 'predicate-rejects',
    description: 'A predicate whose promise is rejected.',
    setup: { kind: 'policy', policy: asking('rejects') },
  },
  {
    id: 'predicate-returns-string',
    description: 'A predicate that returns the origin in place of true.',
    setup: { kind: 'policy', policy: asking('returns-string') },
  },
  {
    id: 'predicate-returns-nothing',
    description: 'A predicate that returns nothing.',
    setup: { kind: 'policy', policy: asking('returns-nothing') },
  },
];
