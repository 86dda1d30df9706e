/** Faults in swapping the policy while the server runs. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Decision } from '@cors/core';

import type { ScenarioPolicy } from '../../src/index.js';
import type { About, ReconfigureFault } from './engine-fault.js';
import { type Fault, faultsOf } from './fault.js';
import { type FetchFault, inMemory } from './in-memory.js';
import { originOf, patternsOf } from './questions.js';

const fault = faultsOf('reconfigure', (reconfigure: ReconfigureFault) => inMemory({ reconfigure }));

const NOBODY: ScenarioPolicy = { origin: ['https://nobody.invalid'] };
const EVERYBODY: ScenarioPolicy = { origin: '*' };

/** A fault in what becomes of options that are invalid. */
function whenInvalid(
  become: (invalid: unknown, apply: (policy: ScenarioPolicy) => Promise<void>) => Promise<void>,
): ReconfigureFault {
  return async (next, apply) => {
    try {
      await apply(next);
    } catch (error) {
      if (!('invalid' in next)) throw error;
      await become(next.invalid, apply);
      throw error;
    }
  };
}

/** A fault in which the server passes through another policy on its way. */
function passingThrough(between: (next: ScenarioPolicy) => ScenarioPolicy): ReconfigureFault {
  return async (next, apply, previous) => {
    if ('invalid' in next) return apply(next);
    await apply({ ...between({ ...previous, ...next }) });
    await sleep(2);
    await apply(next);
  };
}

export const reconfigureFaults: readonly Fault[] = [
  fault(
    'ignored',
    'A new policy has no effect.',
    async (next, apply) => {
      if ('invalid' in next) await apply(next);
    },
    [
      'reconfigure/takes-effect',
      'reconfigure/pending-decisions-keep-theirs',
      'reconfigure/no-reply-mixes-two-policies',
      'reconfigure/replies-are-exact-while-swapped',
    ],
  ),
  fault(
    'invalid-accepted',
    'Invalid options are ignored without a word.',
    async (next, apply) => {
      await apply(next).catch((error: unknown) => {
        if (!('invalid' in next)) throw error;
      });
    },
    ['reconfigure/invalid-options-change-nothing'],
  ),
  fault(
    'invalid-closes',
    'Invalid options leave no policy in force.',
    whenInvalid((_, apply) => apply(NOBODY)),
    ['reconfigure/invalid-options-change-nothing'],
  ),
  fault(
    'invalid-half-applied',
    'Of invalid options those that are right take effect.',
    whenInvalid(async (invalid, apply) => {
      const { origin } = (invalid ?? {}) as Partial<ScenarioPolicy>;
      if (Array.isArray(origin)) await apply({ origin }).catch(() => undefined);
    }),
    ['reconfigure/invalid-options-change-nothing'],
  ),
  fault(
    'not-at-once',
    'The parts of a new policy take effect one after the other.',
    passingThrough(({ maxAge, ...rest }) => ({ ...rest, ...(maxAge === 1 && { maxAge: 2 }) })),
    ['reconfigure/no-reply-mixes-two-policies', 'reconfigure/replies-are-exact-while-swapped'],
  ),
  fault(
    'closed-in-between',
    'While the policy is swapped nobody is let in.',
    passingThrough(() => NOBODY),
    [
      'reconfigure/no-reply-mixes-two-policies',
      'reconfigure/replies-are-exact-while-swapped',
      'reconfigure/no-gap-under-load',
    ],
  ),
  fault(
    'open-in-between',
    'While the policy is swapped everybody is let in.',
    passingThrough(() => EVERYBODY),
    [
      'reconfigure/no-reply-mixes-two-policies',
      'reconfigure/replies-are-exact-while-swapped',
      'reconfigure/no-gap-under-load',
    ],
  ),
  {
    id: 'reconfigure/pending-decisions-remade',
    description: 'A decision that waited is made again, by the policy that is in force by then.',
    target: inMemory(async (question, engine, about) => {
      const before = about.policy;
      const decision = await engine(question);
      return about.policy === before ? decision : engine(question);
    }),
    fails: ['reconfigure/pending-decisions-keep-theirs'],
  },
  {
    id: 'reconfigure/decisions-kept',
    description: 'Decisions on actual requests are kept by their origin, and outlive the policy.',
    target: inMemory((): FetchFault => {
      const keptBy = new WeakMap<About, Map<string, Decision>>();
      return {
        decide: (question, engine, about) => {
          const kept = keptBy.get(about) ?? new Map<string, Decision>();
          keptBy.set(about, kept);
          const origin = originOf(question);
          if (question.method === 'OPTIONS' || origin === null || patternsOf(about.policy) === null)
            return engine(question);
          const decision = kept.get(origin) ?? engine(question);
          if (!(decision instanceof Promise) && decision.allowed) kept.set(origin, decision);
          return decision;
        },
      };
    }),
    fails: ['reconfigure/takes-effect'],
  },
];
