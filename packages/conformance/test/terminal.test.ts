import { describe, expect, test } from 'vitest';

import type { AuditResult } from '../src/audit-result.js';
import { coloured, hasColours, progressOn } from '../src/command/terminal.js';

const ESCAPE = '\u001b';
const on = (own: object = {}) => {
  const written: string[] = [];
  return { written, write: (text: string) => written.push(text), ...own };
};

test.each([
  [true, {}, true],
  [true, { TERM: 'xterm' }, true],
  [true, { NO_COLOR: '' }, true],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '0', FORCE_COLOR: '1' }, false],
  [true, { TERM: 'dumb' }, false],
  [false, { FORCE_COLOR: '1', CI: 'true' }, false],
  [undefined, {}, false],
])('a terminal: %s, %j: colours %s', (isTTY, environment, expected) => {
  expect(hasColours(on({ isTTY }), environment)).toBe(expected);
});

test('headings are coloured, the words stay', () => {
  const report = [
    'CORS conformance of x',
    '',
    'FAILED a (must, fetch)',
    '  FAILED is no heading here',
    '    > GET /',
    '    < 200',
    '    ! reset',
    'ERROR b (must, fetch)',
    'SKIPPED, the target lacks: log',
    '1 passed, 0 failed, 0 skipped, 0 with errors',
    '',
  ];
  const text = coloured(report.join('\n'));
  const lines = text.split('\n');
  expect(lines.map((line) => line.includes(ESCAPE))).toEqual([
    ...[true, false, true, false, true, true, true, true, true, true, false],
  ]);

  expect(text.replace(/\u001b\[\d+m/g, '')).toBe(report.join('\n'));
});

describe('progress', () => {
  const result = { id: 'area/name' } as AuditResult;

  test('is one line, written over, no longer than the terminal, and taken away', () => {
    const output = on({ isTTY: true, columns: 16 });
    const progress = progressOn(output);
    progress.tell(result, 20);
    progress.tell(result, 20);
    progress.end();
    const clear = `\r${ESCAPE}[K`;
    expect(output.written).toEqual([`${clear}1 of 20 area/na`, `${clear}2 of 20 area/na`, clear]);
  });

  test('is nothing in a pipe', () => {
    const output = on();
    const progress = progressOn(output);
    progress.tell(result, 20);
    progress.end();
    expect(output.written).toEqual([]);
  });
});
