/**
 * The report of a run as JUnit's XML, which CI systems read: a suite for each scenario, a case for each
 * audit. A failure is one at every level; its `type` is the level. What is not judged is skipped, with
 * the reason.
 *
 * https://github.com/testmoapp/junitxml
 */
import type { AuditResult, RunReport } from './audit-result.js';
import { defused } from '@cors/browser';
import { briefly, textResult } from './report.js';

/** The report of a run as JUnit's XML. */
export function junitReport(report: RunReport): string {
  const scenarios = [...new Set(report.results.map(({ scenario }) => scenario))];
  const suites = scenarios.map((id) => {
    const results = report.results.filter(({ scenario }) => scenario === id);
    return element('testsuite', { name: id, ...totals(results) }, results.map(testCase));
  });
  const problems = [
    ...report.problems,
    ...(report.stale ?? []).map(({ id, why }) => `known failure ${id}: ${why}`),
  ];
  const own = problems.map((problem) =>
    element('testcase', { name: problem, classname: 'cors-conformance' }, [
      element('error', { message: problem }, []),
    ]),
  );
  const all = [
    ...suites,
    ...(own.length > 0
      ? [element('testsuite', { name: 'run', tests: own.length, errors: own.length }, own)]
      : []),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name: `CORS conformance of ${report.target}`, ...totals(report.results, own.length) }, all)}\n`;
}

function totals(
  results: readonly AuditResult[],
  moreErrors = 0,
): Readonly<Record<string, string | number>> {
  const count = (...outcomes: readonly AuditResult['outcome'][]): number =>
    results.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return {
    tests: results.length + moreErrors,
    failures: count('failed'),
    errors: count('error') + moreErrors,
    skipped: count('skipped', 'not-expressible', 'known'),
    time: seconds(results.reduce((sum, { durationMs }) => sum + durationMs, 0)),
  };
}

function testCase(result: AuditResult): string {
  const { id, title, scenario, durationMs } = result;
  const name = `${id}: ${title}`;
  const attributes = { name, classname: `cors-conformance.${scenario}`, time: seconds(durationMs) };
  return element('testcase', attributes, outcomeElements(result));
}

function outcomeElements(result: AuditResult): readonly string[] {
  const { outcome, level, problems, error, reason = '', missing } = result;
  switch (outcome) {
    case 'passed':
      return [];
    case 'failed':
      return [element('failure', { type: level, message: problems.join('; ') }, detail(result))];
    case 'error': {
      const { origin = 'suite', message = '' } = error ?? {};
      return [element('error', { type: origin, message }, detail(result))];
    }
    case 'known':
      return [element('skipped', { message: `known to fail: ${reason}` }, [])];
    case 'skipped':
      return [element('skipped', { message: `the target lacks ${missing.join(', ')}` }, [])];
    case 'not-expressible':
      return [element('skipped', { message: `not expressible: ${reason}` }, [])];
  }
}

/** Each line is safe by itself: the report has seen to it. */
function detail(result: AuditResult): readonly string[] {
  return [textResult(briefly(result)).split('\n').map(xmlText).join('\n')];
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: readonly string[],
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(value)}"`);
  const start = `<${name}${written.join('')}`;
  return content.length === 0 ? `${start}/>` : `${start}>\n${content.join('\n')}\n</${name}>`;
}

/** One line that holds neither markup nor what XML cannot hold. */
function xmlText(value: string | number): string {
  return defused(String(value))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(3);
}
