/**
 * What an audit needs of a target: what it says itself, and what its scenario cannot be without.
 */
import type { Audit } from './audit.js';
import type { Scenario, ScenarioPolicy } from './scenario.js';
import type { Capability, Target } from './target.js';

/** The capabilities that an audit in its scenario needs and the target lacks. */
export function missingCapabilities(
  audit: Audit,
  scenario: Scenario,
  target: Target,
): readonly Capability[] {
  const needed = new Set([...audit.requires, ...scenarioCapabilities(scenario)]);
  return [...needed].filter((capability) => !target.capabilities.includes(capability));
}

/** What a target must be capable of to be started for a scenario. */
export function scenarioCapabilities(scenario: Scenario): readonly Capability[] {
  const { setup, onDecision } = scenario;
  const hook: readonly Capability[] = onDecision === undefined ? [] : ['decision-hook'];
  switch (setup.kind) {
    case 'policy':
      return [...hook, ...policyCapabilities(setup.policy)];
    case 'chosen':
      return [
        ...hook,
        'chosen-policies',
        ...Object.values(setup.policies).flatMap((policy) =>
          policy === false ? [] : policyCapabilities(policy),
        ),
      ];
    case 'stacked':
      return [
        ...hook,
        'stacked-policies',
        ...policyCapabilities(setup.outer),
        ...policyCapabilities(setup.inner),
      ];
    case 'refused':
      return isJson(setup.options)
        ? [...hook, 'refuses-options']
        : [...hook, 'refuses-options', 'javascript-values'];
  }
}

function policyCapabilities({ origin }: ScenarioPolicy): readonly Capability[] {
  return typeof origin === 'object' && 'predicate' in origin ? ['predicates'] : [];
}

/** Whether a value survives being written as JSON. */
export function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.every(isJson);
  const isPlain = Object.getPrototypeOf(value) === Object.prototype;
  return isPlain && Object.values(value).every(isJson);
}
