import { defused, printable } from '@cors/browser';
import { describe, expect, test } from 'vitest';

import type { AuditResult, RunReport } from '../src/audit-result.js';
import { countOutcomes } from '../src/audit-result.js';
import { printableLines, quoted, shortened } from '../src/printable.js';
import { textReport, textResult } from '../src/report.js';

describe('printable', () => {
  test.each([
    ['plain text: a-z, "quotes", é, 中, 🙂', 'plain text: a-z, "quotes", é, 中, 🙂'],
    ['a\tb\r\nc', 'a\\x09b\\x0d\\x0ac'],
    ['\x1b[31mred\x1b[0m', '\\x1b[31mred\\x1b[0m'],
    ['\x9b31m', '\\x9b31m'],
    ['\0\x7f\x85', '\\x00\\x7f\\x85'],
    ['\u202eevil\u2066', '\\u{202e}evil\\u{2066}'],
    ['\u200b\u200d\ufeff\u00ad', '\\u{200b}\\u{200d}\\u{feff}\\xad'],
    ['\u2028\u2029\u00a0\u3000', '\\u{2028}\\u{2029}\\xa0\\u{3000}'],
    ['e\u0301\u20dd', 'e\\u{301}\\u{20dd}'],
    ['\ud800x\udfff', '\\u{d800}x\\u{dfff}'],
    ['\ue000\u{10ffff}\u{e0041}', '\\u{e000}\\u{10ffff}\\u{e0041}'],
    ['a\\x1b', 'a\\\\x1b'],
  ])('%j is shown as %s', (text, shown) => {
    expect(printable(text)).toBe(shown);
    expect(defused(shown)).toBe(shown);
  });

  test('in quotes, quotes are escaped', () => {
    expect(quoted('a"b\\"')).toBe('"a\\"b\\\\\\""');
  });

  test('lines of a body keep their tabs and lose the rest', () => {
    expect(printableLines('a\tb\r\n\x1b[2Jc\n')).toEqual(['a\tb', '\\x1b[2Jc', '']);
  });

  test('long text is cut, and says so', () => {
    expect(shortened('abc', 3)).toBe('abc');
    expect(shortened('abcdef', 2)).toBe('ab… (4 more characters)');
  });
});

const passed: AuditResult = {
  id: 'area/name',
  title: 'What is demanded',
  level: 'must',
  basis: 'fetch',
  clause: 'https://fetch.spec.whatwg.org/#x',
  why: 'Somebody is harmed.',
  scenario: 'listed',
  outcome: 'passed',
  durationMs: 1,
  problems: [],
  exchanges: [],
  exchangesLeftOut: 0,
  missing: [],
};

const failed: AuditResult = {
  ...passed,
  id: 'area/failed',
  outcome: 'failed',
  problems: ['X should be "y"'],
  exchangesLeftOut: 3,
  exchanges: [
    {
      request: { method: 'PUT', path: '/ok', headers: [['Origin', 'a\r\nb']], body: 'sent' },
      response: {
        status: 200,
        headers: [['X\x1b[1m', '\u202ez']],
        body: 'one\n\x1btwo',
        interim: [{ status: 103, headers: [['Link', '</a>']] }],
      },
      isAtFault: true,
    },
  ],
};

const broken: AuditResult = {
  ...passed,
  id: 'area/error',
  outcome: 'error',
  error: { origin: 'transport', code: 'reset', message: 'gone \x1b[2J' },
  exchanges: [{ request: { method: 'GET', path: '/', headers: [] }, error: 'reset: gone\n' }],
};

const skipped: AuditResult = {
  ...passed,
  id: 'area/skipped',
  outcome: 'skipped',
  missing: ['http2', 'streams'],
};

function report(...results: AuditResult[]): RunReport {
  const counts = countOutcomes(results);
  const problems = ['left \x1bopen'];
  return { target: 'a \x07target', results, counts, notRun: 0, problems, durationMs: 1 };
}

describe('the text report', () => {
  test('shows a failure with its exchange, escaped', () => {
    expect(textResult(failed)).toBe(
      [
        'FAILED area/failed (must, fetch)',
        '  What is demanded',
        '  - X should be "y"',
        '  Why it matters: Somebody is harmed.',
        '  See https://fetch.spec.whatwg.org/#x; scenario listed',
        '  (3 other exchanges are left out)',
        '',
        '    > PUT /ok',
        '    > Origin: a\\x0d\\x0ab',
        '    >',
        '    > sent',
        '    < 103',
        '    < Link: </a>',
        '    < 200   (this reply)',
        '    < X\\x1b[1m: \\u{202e}z',
        '    <',
        '    < one',
        '    < \\x1btwo',
      ].join('\n'),
    );
  });

  test('shows an error with its origin', () => {
    expect(textResult(broken)).toContain('  - transport, reset: gone \\x1b[2J\n');
    expect(textResult(broken)).toContain('    ! reset: gone\\x0a');
  });

  test('shows failures and errors, skips by their reason, problems and counts', () => {
    const text = textReport(
      report(passed, failed, broken, skipped, { ...skipped, id: 'area/two' }),
    );
    expect(text).toMatch(/^CORS conformance of a \\x07target\n\nFAILED area\/failed/);
    expect(text).toContain('ERROR area/error');
    expect(text).toContain('SKIPPED, the target lacks: http2, streams\n  area/skipped\n  area/two');
    expect(text).toContain('PROBLEM left \\x1bopen');
    expect(text).not.toContain('area/name');
    expect(text).toMatch(/\n1 passed, 1 failed, 2 skipped, 1 with errors\n$/);
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  test('shows passed audits when asked to', () => {
    expect(textReport(report(passed), { passed: true })).toContain('PASSED area/name');
  });

  test('shows nothing of any size', () => {
    const long = 'x'.repeat(100_000);
    const headers = Array.from({ length: 1_000 }, () => [long, long] as const);
    const exchange = {
      request: { method: long, path: long, headers, body: long },
      response: { status: 200, headers, body: '\n'.repeat(100_000), interim: [] },
    };
    const text = textResult({ ...failed, exchanges: [exchange] });
    expect(text.length).toBeLessThan(60_000);
    expect(text).toContain('more lines)');
    expect(text).toContain('more characters)');
  });
});
