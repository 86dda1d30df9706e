import { describe, expect, it } from 'vitest';

import {
  type ExtractedHeaderName,
  type ExtractedValues,
  extractHeaderListValues,
  getHeaderValue,
  type Header,
  type HeaderList,
} from '../src/index.js';

function extract(name: ExtractedHeaderName, ...lines: string[]): ExtractedValues {
  return extractHeaderListValues(
    name,
    lines.map((line): Header => [name.toLowerCase(), line]),
  );
}

const LISTS: ExtractedHeaderName[] = [
  'Access-Control-Allow-Headers',
  'Access-Control-Allow-Methods',
  'Access-Control-Expose-Headers',
];

describe.each(LISTS)('%s', (name) => {
  it('is null when it is absent', () => {
    expect(extractHeaderListValues(name, [['X-A', 'a']])).toEqual({ kind: 'null' });
  });

  it.each<[string[], string[]]>([
    [[''], []],
    [['\t '], []],
    [[',, ,\t,'], []],
    [['a'], ['a']],
    [[' a\t,\tb '], ['a', 'b']],
    [[',a,,b,'], ['a', 'b']],
    [
      ['a', '', 'a, *'],
      ['a', 'a', '*'],
    ],
    [["!#$%&'*+-.^_`|~0aZ"], ["!#$%&'*+-.^_`|~0aZ"]],
  ])('%j lists %j', (lines, values) => {
    expect(extract(name, ...lines)).toEqual({ kind: 'values', values });
  });

  it.each<[string[], string]>([
    [['a b'], 'a b'],
    [['a;b'], 'a;b'],
    [['"a"'], '"a"'],
    [['a,"b,c"'], 'a,"b,c"'],
    [['a,\u000b'], 'a,\u000b'],
    [['a,\u00a0b'], 'a,\u00a0b'],
    [['a\r\n,b'], 'a\r\n,b'],
    [['a\u0000'], 'a\u0000'],
    [['é'], 'é'],
    [['a', 'b:', 'c/'], 'b:'],
  ])('%j is malformed', (lines, value) => {
    expect(extract(name, ...lines)).toEqual({ kind: 'failure', reason: 'malformed', value });
  });
});

describe('Access-Control-Max-Age', () => {
  it.each(['0', '600', '007', '9'.repeat(400)])('%s is a number', (value) => {
    expect(extract('Access-Control-Max-Age', ` ${value}\t`)).toEqual({
      kind: 'values',
      values: [value],
    });
  });

  it.each(['', '-1', '+1', '1.5', '1,2', '1 2', '1e3', '٣', '１', '1\n', 'x'])(
    '%j is malformed',
    (value) => {
      expect(extract('Access-Control-Max-Age', value)).toEqual({
        kind: 'failure',
        reason: 'malformed',
        value,
      });
    },
  );

  it('may have one line only, even if they agree', () => {
    expect(extract('Access-Control-Max-Age', '600', '600')).toEqual({
      kind: 'failure',
      reason: 'several-lines',
      value: '600, 600',
    });
  });
});

describe('getHeaderValue', () => {
  const headers: HeaderList = [
    ['Vary', ' Origin\t'],
    ['X-Vary', 'x'],
    ['VARY', ''],
    ['vary', 'a'],
  ];

  it('joins the lines, whatever the case of their names', () => {
    expect(getHeaderValue('vArY', headers)).toBe('Origin, , a');
  });

  it('tells an empty header from none', () => {
    expect(getHeaderValue('x', [['X', '']])).toBe('');
    expect(getHeaderValue('x', headers)).toBeNull();
  });
});
