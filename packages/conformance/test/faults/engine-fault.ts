/**
 * Faults of an engine: what decides is the real one, asked another question than the request's, or
 * not believed. They break every adapter alike.
 */
import { type AdapterOptions, type Cors, createCors, type Decision } from '@cors/core';

import {
  type ApplicationLogBook,
  type Scenario,
  scenarioOptions,
  type ScenarioPolicy,
  splitPolicyName,
} from '../../src/index.js';
import { adapterSetup, type AdapterSetup } from '../targets/setup.js';

/** What a decision is made of: a method, and headers by their names in lower case. */
export interface Question {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export type Answer = Decision | Promise<Decision>;

/** What else a fault may look at. There is one for each `Cors`, for as long as that is there. */
export interface About {
  /** The policy in force: another one once the server was reconfigured. */
  readonly policy: ScenarioPolicy;
  readonly log: ApplicationLogBook;
}

/** Decides in place of the engine, which it may ask. */
export type DecideFault = (
  question: Question,
  engine: (question: Question) => Answer,
  about: About,
) => Answer;

type Next = ScenarioPolicy | { readonly invalid: unknown };

/** Swaps the policy in place of the target, which is `apply`. */
export type ReconfigureFault = (
  next: Next,
  apply: (next: Next) => Promise<void>,
  previous: ScenarioPolicy,
) => Promise<void>;

export interface EngineFault {
  /** The situation as it is misunderstood. */
  readonly scenario?: (scenario: Scenario) => Scenario;
  /** Each policy as it is misunderstood. */
  readonly policy?: (policy: ScenarioPolicy) => ScenarioPolicy;
  readonly decide?: DecideFault;
  readonly reconfigure?: ReconfigureFault;
}

/** What puts a scenario in force, with the fault in it. */
export function setupWith(fault: EngineFault): typeof adapterSetup {
  return (given, log, pathOf) => {
    const misread = fault.policy ?? ((policy) => policy);
    const scenario = mapPolicies(fault.scenario?.(given) ?? given, misread);
    const setup = withDecide(scenario, log, pathOf, fault.decide);
    const { reconfigure } = setup;
    if (reconfigure === undefined || scenario.setup.kind !== 'policy') return setup;
    let { policy } = scenario.setup;
    const apply = async (next: Next): Promise<void> => {
      const understood = 'invalid' in next ? next : misread(next);
      await reconfigure(understood);
      if (!('invalid' in understood)) setup.current.policy = policy = understood;
    };
    const { reconfigure: swap = (next: Next) => apply(next) } = fault;
    return { ...setup, reconfigure: (next) => swap(next, apply, policy) };
  };
}

/** A scenario with every policy in it changed. */
function mapPolicies(
  scenario: Scenario,
  change: (policy: ScenarioPolicy) => ScenarioPolicy,
): Scenario {
  const { setup } = scenario;
  switch (setup.kind) {
    case 'policy':
      return { ...scenario, setup: { ...setup, policy: change(setup.policy) } };
    case 'chosen': {
      const policies: Record<string, ScenarioPolicy | false> = {};
      for (const [name, policy] of Object.entries(setup.policies)) {
        policies[name] = policy === false ? policy : change(policy);
      }
      return { ...scenario, setup: { ...setup, policies } };
    }
    case 'stacked': {
      const { outer, inner } = setup;
      return { ...scenario, setup: { ...setup, outer: change(outer), inner: change(inner) } };
    }
    case 'refused':
      return scenario;
  }
}

interface Current {
  policy: ScenarioPolicy;
}

/** The setup of a scenario, with each `Cors` in it replaced by one that decides wrongly. */
function withDecide<Req>(
  scenario: Scenario,
  log: ApplicationLogBook,
  pathOf: (request: Req) => string,
  decide: DecideFault | undefined,
): AdapterSetup<Req> & { readonly current: Current } {
  const { setup } = scenario;
  const made = adapterSetup<Req>(scenario, log, pathOf);
  const current: Current = { policy: setup.kind === 'policy' ? setup.policy : { origin: [] } };
  if (decide === undefined || setup.kind === 'refused') return { ...made, current };
  const broken = new Map<Cors<Req>, Cors<Req>>();
  const breakCors = (cors: Cors<Req>, of: Current): Cors<Req> => {
    const known = broken.get(cors) ?? brokenCors(cors, decide, of, log);
    broken.set(cors, known);
    return known;
  };
  const adapters = made.adapters.map((options, index): AdapterOptions<Req> => {
    const { onDecision } = options;
    if (setup.kind === 'stacked') {
      const policy = index === 0 ? setup.outer : setup.inner;
      const cors = createCors<Req>(scenarioOptions(policy, log));
      return { policy: breakCors(cors, { policy }), onDecision };
    }
    const { policy } = options as { policy: Cors<Req> | ((request: Req) => unknown) };
    if (typeof policy !== 'function') return { policy: breakCors(policy, current), onDecision };
    return {
      policy: async (request) => {
        const choice = (await policy(request)) as Cors<Req> | false;
        const { name = '' } = splitPolicyName(pathOf(request), made.policyNames);
        const chosen = setup.kind === 'chosen' && setup.policies[name];
        return choice && chosen ? breakCors(choice, { policy: chosen }) : choice;
      },
      onDecision,
    };
  });
  return { ...made, adapters, current };
}

function brokenCors<Req>(
  cors: Cors<Req>,
  decide: DecideFault,
  current: Current,
  log: ApplicationLogBook,
): Cors<Req> {
  const about: About = {
    get policy() {
      return current.policy;
    },
    log,
  };
  const ask = (method: string, headers: Question['headers'], context: Req | undefined): Answer =>
    decide({ method, headers }, (question) => cors.decideLowerCase(question, context), about);
  return {
    ...cors,
    // Only `@cors/fetch` asks here. Its context is a `Request`, whose headers can be listed.
    decide: ({ method }, context) =>
      ask(method, Object.fromEntries((context as Request).headers), context),
    decideLowerCase: ({ method = '', headers }, context) => ask(method, headers, context),
  };
}
