/** What the targets of this project's adapters have in common: a scenario as adapter options. */
import { type AdapterOptions, type Cors, createCors, type Decision } from '@cors/core';

import {
  type ApplicationLogBook,
  type Capability,
  type RunningTarget,
  type Scenario,
  scenarioOptions,
  type ScenarioPolicy,
  splitPolicyName,
} from '../../src/index.js';

/** What all adapters of this project can. */
export const commonCapabilities: readonly Capability[] = [
  'error-handling',
  'malformed-paths',
  'streams',
  'predicates',
  'chosen-policies',
  'stacked-policies',
  'reconfigure',
  'refuses-options',
  'javascript-values',
  'decision-hook',
  'log',
];

export interface AdapterSetup<Req> {
  /** Options of each adapter to mount, the outer one first. */
  readonly adapters: readonly AdapterOptions<Req>[];
  readonly policyNames: readonly string[];
  readonly reconfigure?: RunningTarget['reconfigure'];
}

/** The options that put a scenario in force. Throws as the core does for options that it refuses. */
export function adapterSetup<Req>(
  scenario: Scenario,
  log: ApplicationLogBook,
  pathOf: (request: Req) => string,
): AdapterSetup<Req> {
  const { setup } = scenario;
  const onDecision = decisionHook(scenario, log, pathOf);
  const policyOf = (policy: ScenarioPolicy): Cors<Req> =>
    createCors<Req>(scenarioOptions(policy, log));
  switch (setup.kind) {
    case 'policy': {
      const policy = policyOf(setup.policy);
      return {
        adapters: [{ policy, onDecision }],
        policyNames: [],
        reconfigure: async (next) => {
          policy.reconfigure(
            'invalid' in next ? (next.invalid as never) : scenarioOptions(next, log),
          );
        },
      };
    }
    case 'chosen': {
      const policies = new Map(
        Object.entries(setup.policies).map(([name, policy]) => [
          name,
          policy === false ? policy : policyOf(policy),
        ]),
      );
      const policyNames = [...policies.keys()];
      const choose = (request: Req): Cors<Req> | false => {
        const { name } = splitPolicyName(pathOf(request), policyNames);
        if (name !== undefined && setup.when === 'throws') throw new Error('the choice throws');
        return policies.get(name ?? '') ?? false;
      };
      const policy =
        setup.when === 'later'
          ? (request: Req) =>
              new Promise<void>((resolve) => setTimeout(resolve, 1)).then(() => choose(request))
          : choose;
      return { adapters: [{ policy, onDecision }], policyNames };
    }
    case 'stacked':
      return {
        adapters: [
          { ...scenarioOptions(setup.outer, log), onDecision },
          { ...scenarioOptions(setup.inner, log), onDecision },
        ],
        policyNames: [],
      };
    case 'refused':
      return { adapters: [setup.options as AdapterOptions<Req>], policyNames: [] };
  }
}

function decisionHook<Req>(
  { onDecision }: Scenario,
  log: ApplicationLogBook,
  pathOf: (request: Req) => string,
): (decision: Decision, request: Req) => unknown {
  if (onDecision === 'rejects') return () => Promise.reject(new Error('the hook rejects'));
  if (onDecision === 'throws') {
    return () => {
      throw new Error('the hook throws');
    };
  }
  return ({ kind, allowed, reason }, request) => {
    log.decided({ kind, allowed, reason, path: pathOf(request) });
  };
}
