/**
 * The report of a run as Markdown, for a CI summary or an issue: counts by level and basis, then what
 * did not pass. What a server sent stands in code blocks only, where no line of it can end the block.
 */
import type { AuditOutcome, AuditResult, RunReport } from './audit-result.js';
import { defused } from '@cors/browser';
import { briefly, countsLine, textResult } from './report.js';

const LEVELS = ['must', 'should', 'may'] as const;
const BASES = ['fetch', 'rfc9110', 'security', 'project'] as const;

/** The report of a run as Markdown. */
export function markdownReport(report: RunReport): string {
  const of = (outcome: AuditOutcome): readonly AuditResult[] =>
    report.results.filter((result) => result.outcome === outcome);
  const sections = [
    `# CORS conformance of ${plain(report.target)}`,
    `${countsLine(report)}.`,
    countsTable(report.results),
    details('Failed', of('failed')),
    details('Could not be judged', of('error')),
    reasons('Known to fail', of('known')),
    reasons('Not expressible', of('not-expressible')),
    reasons('Skipped: the target lacks', of('skipped')),
    list('Problems beside the audits', report.problems.map(plain)),
    list(
      'Stale entries of the known failures',
      (report.stale ?? []).map(({ id, why }) => `${plain(id)}: ${plain(why)}`),
    ),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

/** Passed of judged, by level and basis. */
function countsTable(results: readonly AuditResult[]): string {
  const cell = (level: string, basis: string): string => {
    const judged = results.filter(
      (one) =>
        one.level === level &&
        one.basis === basis &&
        (one.outcome === 'passed' || one.outcome === 'failed' || one.outcome === 'known'),
    );
    if (judged.length === 0) return '–';
    return `${judged.filter(({ outcome }) => outcome === 'passed').length} of ${judged.length}`;
  };
  return [
    `| passed | ${BASES.join(' | ')} |`,
    `|---|${BASES.map(() => '---|').join('')}`,
    ...LEVELS.map(
      (level) => `| ${level} | ${BASES.map((basis) => cell(level, basis)).join(' | ')} |`,
    ),
  ].join('\n');
}

function details(heading: string, results: readonly AuditResult[]): string {
  if (results.length === 0) return '';
  // Every line is indented or one of our own, so that none of them is a fence.
  const blocks = results.map((result) =>
    [
      `### ${plain(result.id)} (${result.level})`,
      '',
      '```text',
      textResult(briefly(result)),
      '```',
    ].join('\n'),
  );
  return [`## ${heading}`, ...blocks].join('\n\n');
}

function reasons(heading: string, results: readonly AuditResult[]): string {
  return list(
    heading,
    results.map(({ id, missing, reason = missing.join(', ') }) => `${plain(id)}: ${plain(reason)}`),
  );
}

function list(heading: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  return [`## ${heading}`, '', ...items.map((item) => `- ${item}`)].join('\n');
}

/** One line of text that holds no markup: https://spec.commonmark.org/0.31.2/#backslash-escapes */
function plain(text: string): string {
  return defused(text).replace(/[\\`*_{}[\]()<>#+!|~&@$^:]/g, '\\$&');
}
