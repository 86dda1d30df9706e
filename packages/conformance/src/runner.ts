/**
 * Runs the suite on a target and reports, as plain data. A run always ends, in bounded time and with
 * every server closed, whatever the target does: see `audit-player.ts`.
 */
import type { Audit } from './audit.js';
import { AuditPlayer } from './audit-player.js';
import { type AuditResult, countOutcomes, type RunReport } from './audit-result.js';
import { audits as ownAudits } from './audits/index.js';
import type { Scenario } from './scenario.js';
import { scenarios as ownScenarios } from './scenarios.js';
import { type AuditSelection, selectAudits } from './select-audits.js';
import type { Target } from './target.js';
import { catchUncaughtErrors } from './uncaught-errors.js';

/** How to run. */
export interface RunOptions extends AuditSelection {
  /** In place of the suite's own. */
  readonly scenarios?: readonly Scenario[];
  /** Milliseconds for each start, each audit and each close; 10,000 when absent. */
  readonly timeoutMs?: number;
  /** Keep the exchanges of passed audits too. */
  readonly trace?: boolean;
  /** Told each result as it comes, and how many there will be. */
  readonly onResult?: (result: AuditResult, selected: number) => void;
  /** Ends the run after the first result that it says yes to. */
  readonly until?: (result: AuditResult) => boolean;
}

/** Milliseconds for each start, audit and close, unless told otherwise. */
export const defaultTimeoutMs = 10_000;

/**
 * Plays audits on a target.
 *
 * @throws a `HarnessError` when the selection is wrong (see `selectAudits`): nothing was run then.
 */
export async function runAudits(target: Target, options: RunOptions = {}): Promise<RunReport> {
  const { scenarios = ownScenarios, timeoutMs = defaultTimeoutMs, trace = false } = options;
  const selected = selectAudits(ownAudits, options);
  const started = performance.now();
  const player = new AuditPlayer(target, { scenarios, timeoutMs, trace });
  const uncaught = catchUncaughtErrors();
  const problems: string[] = [];
  const played = new Map<Audit, AuditResult>();
  try {
    for (const audit of byScenario(selected)) {
      const result = withEscaped(await player.play(audit), uncaught.take(), problems);
      played.set(audit, result);
      options.onResult?.(result, selected.length);
      if (options.until?.(result) === true) break;
    }
  } finally {
    await player.close();
    uncaught.stop();
  }
  const results = selected.flatMap((audit) => played.get(audit) ?? []);
  return {
    target: target.name,
    results,
    counts: countOutcomes(results),
    notRun: selected.length - results.length,
    problems: [...player.problems, ...problems, ...uncaught.take()],
    durationMs: performance.now() - started,
  };
}

/** The audits of one scenario after another, so that each scenario's server is started once. */
function byScenario(audits: readonly Audit[]): readonly Audit[] {
  const scenarios = new Set(audits.map(({ scenario }) => scenario));
  return [...scenarios].flatMap((id) => audits.filter(({ scenario }) => scenario === id));
}

/** An audit during which an error escaped has not passed, whatever its replies were. */
function withEscaped(
  result: AuditResult,
  escaped: readonly string[],
  problems: string[],
): AuditResult {
  const [message] = escaped;
  if (message === undefined) return result;
  problems.push(...escaped.map((problem) => `During the audit ${result.id}: ${problem}`));
  if (result.outcome !== 'passed') return result;
  return { ...result, outcome: 'error', error: { origin: 'target', message } };
}
