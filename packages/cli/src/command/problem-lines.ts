/**
 * Problems in options as lines.
 */
import type { CorsProblem } from '@cors/core';

import { type Line, line } from './output.js';

/** Every problem with its fix. */
export function problemLines(problems: readonly CorsProblem[]): Line[] {
  return problems.flatMap(({ code, message, fix }) => [
    line(`Problem: ${message}`, 'red'),
    line(`  Fix: ${fix} [${code}]`, 'bold'),
  ]);
}

/** The same as data: what a value is cannot always be told in JSON, and the message tells it. */
export function problemJson(problems: readonly CorsProblem[]): readonly object[] {
  return problems.map(({ code, path, message, fix }) => ({ code, path, message, fix }));
}
