/**
 * The command's exit code: what is certain before what could not be judged, and that before what is
 * only out of date.
 */
import type { AuditResult, RunReport } from '../audit-result.js';

/** What the exit codes say. */
export const exitCodes = { clean: 0, failed: 1, unjudged: 2, stale: 3 } as const;

/** The exit code of a run. */
export function exitCodeOf({ results, problems, stale = [] }: RunReport): number {
  if (results.some(isMustFailure)) return exitCodes.failed;
  if (problems.length > 0 || results.some(({ outcome }) => outcome === 'error')) {
    return exitCodes.unjudged;
  }
  return stale.length > 0 ? exitCodes.stale : exitCodes.clean;
}

/** Whether a result by itself makes the run anything but clean. */
export function isDecisive(result: AuditResult): boolean {
  return isMustFailure(result) || result.outcome === 'error';
}

function isMustFailure({ outcome, level }: AuditResult): boolean {
  return outcome === 'failed' && level === 'must';
}
