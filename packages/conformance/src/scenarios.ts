/**
 * The situations that the audits are played in. They are few, and shared by the audits of an area, so
 * that a target starts few servers and its author can read them all.
 */
import type { Scenario } from './scenario.js';
import { anyOriginScenarios } from './scenarios/any-origin.js';
import { listScenarios } from './scenarios/lists.js';
import { predicateScenarios } from './scenarios/predicates.js';
import { refusedScenarios } from './scenarios/refused.js';
import { severalPolicyScenarios } from './scenarios/several-policies.js';

/** Every scenario; audits name them by `id`. */
export const scenarios: readonly Scenario[] = [
  ...listScenarios,
  ...anyOriginScenarios,
  ...predicateScenarios,
  ...severalPolicyScenarios,
  ...refusedScenarios,
];
