/**
 * Runs the suite on one target, in a process of its own: what a target leaves behind, or throws out of
 * turn, then touches no other. Sends the outcome to the process that started it.
 */
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { execTarget, runAudits, type Target } from '@cors/conformance';
import {
  applyKnownFailing,
  readKnownFailing,
} from '../../packages/conformance/src/known-failing.js';
import { entryOf, type Entry } from './entry.js';
import { OWN_TARGETS } from './own-targets.js';
import { folderOf, targetDescriptions, type TargetDescription } from './targets.js';

/** What came of a run. */
export interface Outcome {
  readonly entry: Entry;
  /** Failures that no list excuses, and what went wrong beside the audits: sentences. */
  readonly problems: readonly string[];
  /** Entries of the list of known failures that are no longer true. */
  readonly stale: readonly string[];
}

/** Milliseconds for each start, audit and close: a virtual machine takes its time, and a busy one more. */
const TIMEOUT_MS = 30_000;

async function load(description: TargetDescription): Promise<Target> {
  const { id, exec, module } = description;
  const own = OWN_TARGETS[id];
  if (own !== undefined) return own();
  const cwd = folderOf(description);
  if (exec !== undefined) return execTarget(exec, { cwd, timeoutMs: TIMEOUT_MS });
  if (module === undefined) throw new Error(`${id}: target.json names neither exec nor module`);
  const loaded = (await import(pathToFileURL(join(cwd, module)).href)) as { default: Target };
  return loaded.default;
}

async function run(description: TargetDescription): Promise<Outcome> {
  const report = await runAudits(await load(description), { timeoutMs: TIMEOUT_MS });
  const known = description.isOurs
    ? { target: report.target, failing: [] }
    : await readKnownFailing(join(folderOf(description), 'known-failing.json'));
  const judged = applyKnownFailing(report, known);
  return {
    entry: entryOf(description, judged),
    problems: [
      ...judged.results
        .filter(({ outcome }) => outcome === 'failed' || outcome === 'error')
        .map(({ id, outcome, problems, error }) => {
          return `${outcome}: ${id}: ${problems[0] ?? error?.message ?? ''}`;
        }),
      ...judged.problems,
    ],
    stale: [
      ...(judged.stale ?? []).map(({ id, why }) => `${id}: ${why}`),
      ...(known.target === report.target
        ? []
        : [`the list is for ${known.target}, and ${report.target} was judged`]),
    ],
  };
}

const description = targetDescriptions().find(({ id }) => id === process.argv[2]);
if (description === undefined) throw new Error(`There is no target ${String(process.argv[2])}`);
const outcome = await run(description);
process.send?.(outcome, () => process.exit(0));
