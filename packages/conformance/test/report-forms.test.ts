import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';

import { type AuditResult, countOutcomes, type RunReport } from '../src/audit-result.js';
import { jsonReport } from '../src/report-json.js';
import { junitReport } from '../src/report-junit.js';
import { markdownReport } from '../src/report-markdown.js';

/** Breaks out of XML, Markdown, a terminal and a line. */
const HOSTILE =
  ']]></failure><x a="1"> &amp; & \u001b[31m\u009b2J \0\uffff\ud800 \u202e "\'`*_[a](b)<script>\r\n```\n# @x | y';

const passed: AuditResult = {
  ...{ id: 'area/passed', title: 'What is demanded', level: 'must', basis: 'fetch' },
  ...{ clause: 'https://fetch.spec.whatwg.org/#x', why: 'Somebody is harmed.' },
  ...{ scenario: 'listed', outcome: 'passed', durationMs: 1_234, problems: [], exchanges: [] },
  ...{ exchangesLeftOut: 0, missing: [] },
};

const exchange = {
  request: { method: 'GET', path: '/', headers: [['Origin', HOSTILE]] },
  response: { status: 200, headers: [[HOSTILE, HOSTILE]], body: HOSTILE, interim: [] },
  isAtFault: true,
} as const;

const results: readonly AuditResult[] = [
  passed,
  {
    ...passed,
    ...{ id: 'area/failed', outcome: 'failed', level: 'should', basis: 'project' },
    ...{
      problems: [HOSTILE, 'and more'],
      exchanges: [exchange, { ...exchange, isAtFault: undefined as never }],
    },
  },
  {
    ...passed,
    ...{ id: 'area/error', scenario: 'other', outcome: 'error' },
    error: { origin: 'transport', code: 'reset', message: HOSTILE },
  },
  { ...passed, id: 'area/known', outcome: 'known', reason: HOSTILE, problems: ['known'] },
  { ...passed, id: 'area/unsaid', outcome: 'not-expressible', reason: HOSTILE },
  { ...passed, id: 'area/skipped', outcome: 'skipped', missing: ['http2', 'log'] },
];

const report: RunReport = {
  target: HOSTILE,
  results,
  counts: countOutcomes(results),
  notRun: 0,
  problems: [HOSTILE],
  stale: [{ id: 'area/gone', why: HOSTILE }],
  durationMs: 5,
};

/** Nothing that a terminal would act on, and nothing that reorders or hides. */
const UNSAFE = /[\0-\u0009\u000b-\u001f\u007f-\u009f\u202e\ud800-\udfff\uffff]/;

interface Element {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly path: string;
  text: string;
}

/** Every element, by a parser that refuses what is not well-formed. */
function parseXml(xml: string): readonly Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const path = `${open.at(-1)?.path ?? ''}/${name}`;
    const element = { name, attributes: attributes as Record<string, string>, path, text: '' };
    open.push(element);
    elements.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return elements;
}

describe('JUnit', () => {
  const xml = junitReport(report);
  const elements = parseXml(xml);
  const of = (path: string): readonly Element[] =>
    elements.filter((element) => element.path === `/testsuites/${path}`);

  test('a suite for each scenario, with its counts', () => {
    expect(elements[0]?.attributes).toMatchObject({
      ...{ tests: '8', failures: '1', errors: '3', skipped: '3' },
      time: '7.404',
    });
    expect(of('testsuite').map(({ attributes }) => attributes)).toMatchObject([
      { name: 'listed', tests: '5', failures: '1', errors: '0', skipped: '3', time: '6.170' },
      { name: 'other', tests: '1', failures: '0', errors: '1', skipped: '0' },
      { name: 'run', tests: '2', errors: '2' },
    ]);
  });

  test('a case for each audit', () => {
    expect(
      of('testsuite/testcase')
        .slice(0, 2)
        .map(({ attributes }) => attributes),
    ).toEqual([
      {
        name: 'area/passed: What is demanded',
        classname: 'cors-conformance.listed',
        time: '1.234',
      },
      {
        name: 'area/failed: What is demanded',
        classname: 'cors-conformance.listed',
        time: '1.234',
      },
    ]);
    const [failure] = of('testsuite/testcase/failure');
    expect(failure?.attributes['type']).toBe('should');
    expect(failure?.attributes['message']).toMatch(/^\]\]><\/failure><x a="1"> &amp; & \\x1b\[31m/);
    expect(failure?.text).toContain('FAILED area/failed (should, project)\n  What is demanded');
    expect(failure?.text).toContain('< 200   (this reply)');
    expect(failure?.text).toContain('(1 other exchanges are left out)');
    expect(of('testsuite/testcase/error')[0]?.attributes['type']).toBe('transport');
    expect(of('testsuite/testcase/skipped').map(({ attributes }) => attributes['message'])).toEqual(
      [
        expect.stringMatching(/^known to fail: \]\]>/),
        expect.stringMatching(/^not expressible: \]\]>/),
        'the target lacks http2, log',
      ],
    );
  });

  test('holds nothing that acts', () => expect(xml).not.toMatch(UNSAFE));

  test('of a clean run', () => {
    const clean = { ...report, results: [passed], problems: [], stale: [] };
    expect(parseXml(junitReport(clean)).map(({ name }) => name)).toEqual([
      'testsuites',
      'testsuite',
      'testcase',
    ]);
  });
});

describe('JSON', () => {
  const json = jsonReport(report);

  test('holds all of it, and nothing but visible ASCII', () => {
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(report)));
    expect(json).toMatch(/^[\n\u0020-\u007e]+$/);
  });
});

describe('Markdown', () => {
  const markdown = markdownReport(report);

  test('counts by level and basis', () => {
    expect(markdown).toContain('| must | 1 of 2 | – | – | – |\n| should | – | – | – | 0 of 1 |');
    expect(markdown).toContain(
      '1 passed, 1 failed, 1 known to fail, 1 skipped, 1 not expressible, 1 with errors.',
    );
  });

  test('what did not pass', () => {
    const headings = markdown.split('\n').filter((line) => line.startsWith('#'));
    expect(headings.slice(1)).toEqual([
      '## Failed',
      '### area/failed (should)',
      '## Could not be judged',
      '### area/error (must)',
      '## Known to fail',
      '## Not expressible',
      '## Skipped: the target lacks',
      '## Problems beside the audits',
      '## Stale entries of the known failures',
    ]);
    expect(markdown).toContain('- area/skipped: http2, log\n');
  });

  test('what a server sent ends no code block, and is no markup outside one', () => {
    expect(markdown).not.toMatch(UNSAFE);
    let isCode = false;
    const outside: string[] = [];
    for (const line of markdown.split('\n')) {
      if (line.startsWith('```')) isCode = !isCode;
      else if (!isCode) outside.push(line);
    }
    expect(isCode).toBe(false);
    expect(markdown.match(/^```/gm)).toHaveLength(4);
    const hostile = outside.filter((line) => line.includes('script'));
    expect(hostile).toHaveLength(5);
    for (const line of hostile) expect(line).not.toMatch(/(?<!\\)[<`*_[\]@|]/);
  });

  test('of a clean run', () => {
    const clean = { ...report, target: 'x 1.0', results: [passed], problems: [] };
    expect(markdownReport({ ...clean, counts: countOutcomes([passed]), stale: [] })).toBe(
      [
        '# CORS conformance of x 1.0',
        '',
        '1 passed, 0 failed, 0 skipped, 0 with errors.',
        '',
        '| passed | fetch | rfc9110 | security | project |',
        '|---|---|---|---|---|',
        '| must | 1 of 1 | – | – | – |',
        '| should | – | – | – | – |',
        '| may | – | – | – | – |',
        '',
      ].join('\n'),
    );
  });
});
