/** The suite on one package in one runtime. */
import { applyKnownFailing, runAudits, type RunReport } from '@cors/conformance';
import { bundle } from './bundle.js';
import { type Entry, entryOf } from './entry.js';
import { type Limitation, LIMITATIONS } from './limitations.js';
import { runProgram } from './running-program.js';
import { runtimeTarget } from './runtime-target.js';
import { type PackageName, type Program, type Runtime } from './runtimes.js';

/** A package on a runtime. */
export interface Trial {
  readonly runtime: Runtime;
  readonly package: PackageName;
  readonly program: Program;
}

/** What came of it. */
export interface Outcome {
  readonly entry: Entry;
  /** What failed, and what went wrong beside the audits: sentences. */
  readonly problems: readonly string[];
}

/** Milliseconds for each start, audit and close: a busy machine takes its time. */
const TIMEOUT_MS = 30_000;

/** Runs it. @param folder - where the bundle is written. */
export async function tryPackage(trial: Trial, folder: string): Promise<Outcome> {
  const { runtime, program, package: name } = trial;
  const file = await bundle(program, folder);
  const running = await runProgram(
    runtime,
    file,
    program.host === 'workerd' ? ['control', 'main'] : ['control'],
  );
  try {
    const report = await runAudits(await runtimeTarget(running), {
      timeoutMs: TIMEOUT_MS,
      until: () => running.failure() !== undefined,
    });
    const failure = running.failure();
    if (failure !== undefined) throw failure;
    const judged = judge(
      report,
      LIMITATIONS.filter((one) => one.runtime === runtime.name && one.packages.includes(name)),
    );
    const failed = judged.results.filter(({ outcome }) => !FINE.has(outcome));
    return {
      entry: entryOf(runtime, name, judged),
      problems: [
        ...failed.map(({ id, outcome, problems, error }) => {
          return `${outcome}: ${id}: ${problems[0] ?? error?.message ?? ''}`;
        }),
        ...judged.problems,
        ...(judged.stale ?? []).map(
          ({ id, why }) => `limitations.ts is out of date: ${id}: ${why}`,
        ),
      ],
    };
  } finally {
    await running.stop();
  }
}

const FINE: ReadonlySet<string> = new Set(['passed', 'known', 'skipped']);

/** Takes what the runtime stands in the way of out of the failures, and finds what it does no more. */
export function judge(report: RunReport, limitations: readonly Limitation[]): RunReport {
  const results = report.results.map((result) => {
    const lost = limitations.find((one) => one.audit === result.id && one.refusalMayBeLost);
    return lost !== undefined && result.outcome === 'passed'
      ? { ...result, outcome: 'known' as const, reason: lost.reason }
      : result;
  });
  const failing = limitations.map(({ audit, reason }) => ({ id: audit, reason }));
  return applyKnownFailing({ ...report, results }, { target: report.target, failing });
}
