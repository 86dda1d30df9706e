/**
 * Output: lines for people, coloured on a terminal alone, or one JSON value for machines. Whatever came
 * from a server, a file or the clipboard is escaped before it gets here, and control characters once more.
 */
import process from 'node:process';

import { defused } from '@cors/browser';
import pc from 'picocolors';

/** Ways to mark a text. */
export type Style = Pick<
  ReturnType<typeof pc.createColors>,
  'bold' | 'dim' | 'red' | 'green' | 'yellow'
>;

/** A line: its text, and how it looks. */
export interface Line {
  readonly text: string;
  readonly look?: keyof Style | undefined;
}

/** A line of plain text, or of one look. */
export function line(text: string, look?: keyof Style): Line {
  return { text, look };
}

/** Whether texts are coloured: on a terminal, unless people do not want it. */
export function isColoured(
  { isTTY }: { readonly isTTY?: boolean | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  return isTTY === true && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
}

/** Lines as they are printed. */
export function rendered(lines: readonly Line[], coloured: boolean): string {
  const style: Style = pc.createColors(coloured);
  return lines
    .map(({ text, look }) => (look === undefined ? defused(text) : style[look](defused(text))))
    .map((text) => `${text}\n`)
    .join('');
}

/** A value as JSON in ASCII: no control character of anybody's reaches a terminal, and none is lost. */
function asJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replace(/[^\x20-\x7e\n]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `${text}\n`;
}

/** Prints what a command found. */
export function print(lines: readonly Line[], json: unknown, isJson: boolean): void {
  const text = isJson ? asJson(json) : rendered(lines, isColoured(process.stdout, process.env));
  process.stdout.write(text);
}
