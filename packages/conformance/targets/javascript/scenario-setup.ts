/**
 * What a scenario comes to for a library that is configured with options: which of them apply to each
 * request.
 */
import { type Scenario, type ScenarioPolicy, splitPolicyName } from '@cors/conformance';

/** Options in force. */
export type ScenarioOptionsInForce<Options> =
  /** They apply to every request, the outer ones first. */
  | { readonly kind: 'applied'; readonly options: readonly Options[] }
  /** They are chosen for each request by its path; `false` where it is left without CORS. */
  | {
      readonly kind: 'chosen';
      readonly policyNames: readonly string[];
      readonly choose: (path: string) => Promise<Options | false>;
    };

/** Puts a scenario's policies into a library's options. */
export function optionsInForce<Options>(
  { setup }: Scenario,
  optionsOf: (policy: ScenarioPolicy) => Options,
): ScenarioOptionsInForce<Options> {
  switch (setup.kind) {
    case 'policy':
      return { kind: 'applied', options: [optionsOf(setup.policy)] };
    case 'stacked':
      return { kind: 'applied', options: [optionsOf(setup.outer), optionsOf(setup.inner)] };
    case 'refused':
      throw new Error('none of these libraries checks its options');
    case 'chosen': {
      const policies = new Map(
        Object.entries(setup.policies).map(([name, policy]) => [
          name,
          policy === false ? policy : optionsOf(policy),
        ]),
      );
      const policyNames = [...policies.keys()];
      const choose = async (path: string): Promise<Options | false> => {
        const { name } = splitPolicyName(path, policyNames);
        if (name !== undefined && setup.when === 'throws') throw new Error('the choice throws');
        if (setup.when === 'later') await new Promise((resolve) => setTimeout(resolve, 1));
        return policies.get(name ?? '') ?? false;
      };
      return { kind: 'chosen', policyNames, choose };
    }
  }
}
