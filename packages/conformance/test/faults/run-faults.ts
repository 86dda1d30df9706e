/** Plays the suite on broken targets. */
import { describe, expect, it } from 'vitest';

import { type RunReport, runAudits, type Target } from '../../src/index.js';
import type { Fault } from './fault.js';

/** Milliseconds: much longer than any takes, also beside other test files. */
const limit = 60_000;

/**
 * Registers a test for each fault: the suite fails exactly the audits on its list. They run beside one
 * another, since most of a run is waiting, and no two targets share anything.
 */
export function runFaults(kind: string, faults: readonly Fault[]): void {
  describe(`a target with one fault, ${kind}`, { timeout: limit, concurrent: true }, () => {
    it.each(faults)('$id: $description', async ({ target, fails }) => {
      expect(outcome(await runAudits(target))).toEqual({
        failed: [...fails].sort(),
        errors: [],
        problems: [],
      });
    });
  });
}

/** Registers a test that the target which faults are put into has none of its own. */
export function runSound(target: Target): void {
  it(`${target.name} passes the whole suite without a fault`, { timeout: limit }, async () => {
    const report = await runAudits(target);
    expect(outcome(report)).toEqual({ failed: [], errors: [], problems: [] });
  });
}

/** What came of a run. An audit that could not be judged has caught nothing. */
function outcome({ results, problems }: RunReport): Record<string, readonly string[]> {
  const ids = (wanted: string): readonly string[] =>
    results.filter(({ outcome }) => outcome === wanted).map(({ id }) => id);
  return { failed: [...ids('failed')].sort(), errors: ids('error'), problems };
}
