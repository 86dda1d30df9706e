/** Groups, as people read them. */
import { difference, type Measured, median, ratio } from './group.js';
import type { Estimate } from './statistics.js';

/** Three digits: the fourth is noise. */
export function figure(value: number): string {
  const rounded = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
  return rounded.toLocaleString('en');
}

export function withInterval({ median: middle, low, high }: Estimate): string {
  return low === high ? figure(middle) : `${figure(middle)} (${figure(low)} to ${figure(high)})`;
}

/** The rows of a group: each kind, and how it compares with the first one. */
export function rows(group: Measured): string[][] {
  const [base = '', ...others] = Object.keys(group.samples);
  return [
    [base, figure(median(group, base)), '', ''],
    ...others.map((kind) => [
      kind,
      figure(median(group, kind)),
      withInterval(difference(group, kind, base)),
      // Of nothing there is no multiple.
      median(group, base) === 0 ? '' : withInterval(ratio(group, kind, base)),
    ]),
  ];
}

/** A table of Markdown. */
export function markdownTable(
  head: readonly string[],
  body: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}
