/**
 * An exchange as a reader would like to see it: what was sent, what came back, nothing that the
 * server sent left unescaped, nothing of any size.
 */
import { defused, printable } from '@cors/browser';

import type { RecordedExchange } from './audit-result.js';
import { printableLines, shortened } from './printable.js';

const MOST_VALUE = 200;
const MOST_BODY = 500;
const MOST_LINES = 40;

/** The lines of an exchange: `>` what was sent, `<` what came back. */
export function exchangeLines({
  request,
  response,
  error,
  isAtFault,
}: RecordedExchange): readonly string[] {
  const lines = [
    `> ${value(request.method)} ${value(request.path)}`,
    ...fieldLines('>', request.headers),
    ...bodyLines('>', request.body ?? ''),
  ];
  for (const interim of response?.interim ?? []) {
    lines.push(`< ${interim.status}`, ...fieldLines('<', interim.headers));
  }
  if (response !== undefined) {
    lines.push(`< ${response.status}${isAtFault === true ? '   (this reply)' : ''}`);
    lines.push(...fieldLines('<', response.headers), ...bodyLines('<', response.body));
  }
  if (error !== undefined) lines.push(`! ${defused(error)}`);
  return lines;
}

function fieldLines(
  mark: string,
  headers: readonly (readonly [name: string, value: string])[],
): readonly string[] {
  const shown = headers.slice(0, MOST_LINES).map((line) => `${mark} ${line.map(value).join(': ')}`);
  const left = headers.length - shown.length;
  return left > 0 ? [...shown, `${mark} … (${left} more lines)`] : shown;
}

function bodyLines(mark: string, body: string): readonly string[] {
  if (body === '') return [];
  const lines = printableLines(shortened(body, MOST_BODY));
  return [mark, ...lines.slice(0, MOST_LINES).map((line) => `${mark} ${line}`)];
}

function value(text: string): string {
  return printable(shortened(text, MOST_VALUE));
}
