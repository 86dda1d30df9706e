/**
 * The report of a run as text: what did not pass first in detail, then what was not judged and why,
 * then the counts. Everything that a server sent is escaped (see `printable.ts`).
 */
import { defused } from '@cors/browser';

import type { AuditResult, RunReport } from './audit-result.js';

import { exchangeLines } from './report-exchange.js';

/** How to write a report. */
export interface ReportOptions {
  /** List the passed audits too. */
  readonly passed?: boolean;
  /** Of an audit that failed, only the exchange that shows it. */
  readonly brief?: boolean;
}

/** The report of a run. */
export function textReport(
  report: RunReport,
  { passed = false, brief = false }: ReportOptions = {},
): string {
  const of = (outcome: AuditResult['outcome']): readonly AuditResult[] =>
    report.results.filter((result) => result.outcome === outcome);
  const sections = [
    `CORS conformance of ${defused(report.target)}`,
    ...(passed ? of('passed') : []).map(textResult),
    ...of('failed').map((result) => textResult(brief ? briefly(result) : result)),
    ...of('error').map(textResult),
    byReason('KNOWN TO FAIL', of('known')),
    byReason('SKIPPED, the target lacks', of('skipped')),
    byReason('NOT EXPRESSIBLE', of('not-expressible')),
    report.problems.map((problem) => `PROBLEM ${defused(problem)}`).join('\n'),
    (report.stale ?? []).map(({ id, why }) => `STALE ${defused(`${id}: ${why}`)}`).join('\n'),
    countsLine(report),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

/** A result with the exchange at fault alone, if there is one. */
export function briefly(result: AuditResult): AuditResult {
  const exchanges = result.exchanges.filter(({ isAtFault }) => isAtFault === true);
  if (exchanges.length === 0) return result;
  const left = result.exchanges.length - exchanges.length + result.exchangesLeftOut;
  return { ...result, exchanges, exchangesLeftOut: left };
}

/** One result with all that explains it. */
export function textResult(result: AuditResult): string {
  const outcome = result.outcome.toUpperCase().replace('-', ' ');
  const lines = [`${outcome} ${result.id} (${result.level}, ${result.basis})`];
  const add = (text: string): void => void lines.push(`  ${defused(text)}`);
  add(result.title);
  for (const problem of result.problems) add(`- ${problem}`);
  if (result.error !== undefined) {
    const { origin, code, message } = result.error;
    add(`- ${[origin, code].filter((part) => part !== undefined).join(', ')}: ${message}`);
  }
  if (result.reason !== undefined) add(`- ${result.reason}`);
  if (result.missing.length > 0) add(`- the target lacks: ${result.missing.join(', ')}`);
  if (result.outcome === 'failed') {
    add(`Why it matters: ${result.why}`);
    add(`See ${result.clause}; scenario ${result.scenario}`);
  }
  if (result.exchangesLeftOut > 0) {
    add(`(${result.exchangesLeftOut} other exchanges are left out)`);
  }
  for (const exchange of result.exchanges) {
    lines.push('', ...exchangeLines(exchange).map((line) => `    ${line}`));
  }
  return lines.join('\n');
}

/** The ids of results that need no more than the reason that they share. */
function byReason(heading: string, results: readonly AuditResult[]): string {
  const groups = new Map<string, string[]>();
  for (const { id, missing, reason = missing.join(', ') } of results) {
    groups.set(reason, [...(groups.get(reason) ?? []), id]);
  }
  return [...groups]
    .map(([reason, ids]) => `${heading}: ${defused(reason)}\n  ${ids.join('\n  ')}`)
    .join('\n');
}

/** How many audits came to which outcome, in words. */
export function countsLine({ counts, notRun }: Pick<RunReport, 'counts' | 'notRun'>): string {
  const { passed, failed, known, skipped, 'not-expressible': notExpressible, error } = counts;
  return [
    `${passed} passed`,
    `${failed} failed`,
    ...(known > 0 ? [`${known} known to fail`] : []),
    `${skipped} skipped`,
    ...(notExpressible > 0 ? [`${notExpressible} not expressible`] : []),
    `${error} with errors`,
    ...(notRun > 0 ? [`${notRun} not run`] : []),
  ].join(', ');
}
