/**
 * What the scoreboard holds of one target: a run's report without anything that differs from one run
 * to the next, such as durations, dates and ports.
 */
import type { AuditResult, Basis, Level, RunReport } from '@cors/conformance';
import { failingExchange } from './failing-exchange.js';
import { steady } from './steady.js';

/** Audits of one level and basis, by what came of them. */
export interface Count {
  readonly level: Level;
  readonly basis: Basis;
  readonly passed: number;
  readonly failed: number;
  readonly notExpressible: number;
  readonly skipped: number;
}

/** An audit that did not pass, and the exchange that shows it. */
export interface Failure {
  readonly id: string;
  readonly title: string;
  readonly level: Level;
  readonly basis: Basis;
  readonly problems: readonly string[];
  /** Why it is the library, and not the suite, from the target's list of known failures. */
  readonly reason?: string;
  /** Absent where no request was sent, as for options that were not refused. */
  readonly exchange?: readonly string[];
  /** In place of the exchange: the failure above that shows the same one. */
  readonly sameExchangeAs?: string;
}

/** Audits that were not played, for one reason. */
interface NotPlayed {
  readonly reason: string;
  readonly audits: readonly string[];
}

/** One target on the scoreboard. */
export interface Entry {
  readonly id: string;
  /** Name and version, as the target gives it. */
  readonly name: string;
  readonly language: string;
  readonly documentation: string;
  readonly isOurs: boolean;
  readonly counts: readonly Count[];
  readonly failures: readonly Failure[];
  readonly notExpressible: readonly NotPlayed[];
  readonly skipped: readonly NotPlayed[];
}

const LEVELS: readonly Level[] = ['must', 'should', 'may'];
const BASES: readonly Basis[] = ['fetch', 'rfc9110', 'security', 'project'];
const MOST_PROBLEMS = 3;

/** The entry of a target, from its report. */
export function entryOf(
  target: Pick<Entry, 'id' | 'language' | 'documentation' | 'isOurs'>,
  { target: name, results }: Pick<RunReport, 'target' | 'results'>,
): Entry {
  return {
    ...target,
    name,
    counts: LEVELS.flatMap((level) => BASES.flatMap((basis) => countOf(results, level, basis))),
    failures: withExchangesOnce(results.filter(hasFailed).map(failureOf)),
    notExpressible: byReason(results, 'not-expressible', ({ reason = '' }) => reason),
    skipped: byReason(results, 'skipped', ({ missing }) => missing.join(', ')),
  };
}

/** Whether it counts as a failure: known or not, a wrong reply or none. */
function hasFailed({ outcome }: Pick<AuditResult, 'outcome'>): boolean {
  return outcome === 'failed' || outcome === 'known' || outcome === 'error';
}

function countOf(results: readonly AuditResult[], level: Level, basis: Basis): readonly Count[] {
  const group = results.filter((result) => result.level === level && result.basis === basis);
  const ofOutcome = (outcome: AuditResult['outcome']): number =>
    group.filter((result) => result.outcome === outcome).length;
  if (group.length === 0) return [];
  return [
    {
      level,
      basis,
      passed: ofOutcome('passed'),
      failed: group.filter(hasFailed).length,
      notExpressible: ofOutcome('not-expressible'),
      skipped: ofOutcome('skipped'),
    },
  ];
}

function failureOf(result: AuditResult): Failure {
  const { id, title, level, basis, reason, error } = result;
  const problems = result.problems.length > 0 ? result.problems : [error?.message ?? ''];
  const exchange = failingExchange(result);
  return {
    id,
    title,
    level,
    basis,
    problems: problems.slice(0, MOST_PROBLEMS).map(steady),
    ...(reason !== undefined && { reason }),
    ...(exchange !== undefined && { exchange }),
  };
}

/** Many audits fail by one and the same exchange: it is shown with the first of them. */
function withExchangesOnce(failures: readonly Failure[]): readonly Failure[] {
  const shown = new Map<string, string>();
  return failures.map((failure) => {
    const { exchange, ...others } = failure;
    if (exchange === undefined) return failure;
    const key = exchange.join('\n');
    const first = shown.get(key);
    if (first !== undefined) return { ...others, sameExchangeAs: first };
    shown.set(key, failure.id);
    return failure;
  });
}

function byReason(
  results: readonly AuditResult[],
  outcome: AuditResult['outcome'],
  reasonOf: (result: AuditResult) => string,
): readonly NotPlayed[] {
  const groups = new Map<string, string[]>();
  for (const result of results) {
    if (result.outcome !== outcome) continue;
    const reason = steady(reasonOf(result));
    groups.set(reason, [...(groups.get(reason) ?? []), result.id]);
  }
  return [...groups].map(([reason, audits]) => ({ reason, audits }));
}
