/**
 * What only a terminal gets: colours, and a line that says how far a run has come. Neither goes into a
 * pipe or a file.
 */
import { createColors } from 'picocolors';

import type { AuditResult } from '../audit-result.js';

/** A stream that may be a terminal. */
export interface Output {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly write: (text: string) => unknown;
}

/** What the environment says. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a stream shows colours: https://no-color.org/ */
export function hasColours({ isTTY }: Output, environment: Environment): boolean {
  const { NO_COLOR = '', TERM } = environment;
  return isTTY === true && NO_COLOR === '' && TERM !== 'dumb';
}

/** The text report with its headings in colours. Nothing that a server sent begins a line. */
export function coloured(report: string): string {
  const { red, yellow, green, dim, bold } = createColors(true);
  const colours = [
    [/^(?:FAILED|ERROR|PROBLEM|STALE)\b/, red],
    [/^(?:KNOWN TO FAIL|SKIPPED|NOT EXPRESSIBLE)\b/, yellow],
    [/^PASSED\b/, green],
    [/^ {4}[<>!].*/, dim],
    [/^(?:CORS conformance of .*|\d+ passed, .*)/, bold],
  ] as const;
  return report
    .split('\n')
    .map((line) =>
      colours.reduce(
        (text, [pattern, colour]) => text.replace(pattern, (part) => colour(part)),
        line,
      ),
    )
    .join('\n');
}

/** A line that is written over and over. */
export interface Progress {
  readonly tell: (result: AuditResult, selected: number) => void;
  /** Takes the line away. */
  readonly end: () => void;
}

const CLEAR_LINE = '\r\u001b[K';

/** Progress on a terminal; nothing on anything else. */
export function progressOn(output: Output): Progress {
  let played = 0;
  if (output.isTTY !== true) return { tell: () => undefined, end: () => undefined };
  return {
    tell: ({ id }, selected) => {
      played += 1;
      const line = `${played} of ${selected} ${id}`;
      output.write(CLEAR_LINE + line.slice(0, (output.columns ?? 80) - 1));
    },
    end: () => {
      if (played > 0) output.write(CLEAR_LINE);
    },
  };
}
