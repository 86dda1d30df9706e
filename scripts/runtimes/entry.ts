/** What is kept of a run: nothing that differs from one run to the next. */
import type { AuditResult, RunReport } from '@cors/conformance';
import { type PackageName, type Runtime, titleOf } from './runtimes.js';

/** What came of a package on a runtime. */
export interface Entry {
  readonly runtime: string;
  readonly package: PackageName;
  readonly passed: number;
  /** Audits that are not played, for want of a capability: raw heads where there is no Node.js. */
  readonly skipped: number;
  /** Audits that the runtime itself stands in the way of. */
  readonly limitations: readonly {
    readonly audit: string;
    readonly level: AuditResult['level'];
    readonly reason: string;
  }[];
}

/** The entry of a run, where known failures are taken out of the report. */
export function entryOf(
  runtime: Runtime,
  name: PackageName,
  { counts, results }: Pick<RunReport, 'counts' | 'results'>,
): Entry {
  return {
    runtime: titleOf(runtime),
    package: name,
    passed: counts.passed,
    skipped: counts.skipped,
    limitations: results.flatMap(({ id, level, outcome, reason = '' }) =>
      outcome === 'known' ? [{ audit: id, level, reason }] : [],
    ),
  };
}
