/** A fault: a target that is wrong in one way, and the audits that must notice. */
import type { Target } from '../../src/index.js';

export interface Fault {
  /** `area/what-is-wrong`. */
  readonly id: string;
  /** What the broken server does, in one sentence. */
  readonly description: string;
  readonly target: Target;
  /** The ids of the audits that must fail: exactly these, all others pass or are skipped. */
  readonly fails: readonly string[];
}

/** Makes the faults of an area, which break a target in the same way. */
export function faultsOf<Broken>(
  area: string,
  targetWith: (broken: Broken) => Target,
): (id: string, description: string, broken: Broken, fails: readonly string[]) => Fault {
  return (id, description, broken, fails) => ({
    id: `${area}/${id}`,
    description,
    target: targetWith(broken),
    fails,
  });
}
