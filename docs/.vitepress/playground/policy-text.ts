/**
 * The policy as a person writes it → options. The text is read and never run: a page that runs what a link
 * brings would run anybody's code.
 */
import { parseExpressionAt } from 'acorn';

import {
  isLiteralObject,
  isUnknown,
  type Literal,
  literalValue,
} from '../../../packages/cli/src/literal-value.js';

/** Options, or why the text is none. */
export type PolicyText =
  | { readonly ok: true; readonly options: unknown }
  | { readonly ok: false; readonly problem: string };

/** Reads the options of a policy: an object as it stands in code. */
export function readPolicy(text: string): PolicyText {
  try {
    const source = `(${text}\n)`;
    const node = parseExpressionAt(source, 0, { ecmaVersion: 'latest' });
    return { ok: true, options: valueOf(literalValue(node, source)) };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

function valueOf(value: Literal): unknown {
  if (isUnknown(value)) return unknownValue(value.source);
  if (Array.isArray(value)) return (value as readonly Literal[]).map(valueOf);
  if (!isLiteralObject(value)) return value;
  return Object.fromEntries(value.entries.map(([name, each]) => [name, valueOf(each)]));
}

/** A number below zero, or a RegExp, is made, so that the engine says what to write in its place. */
function unknownValue(source: string): unknown {
  if (/^-\s*[\d.]+$/.test(source)) return Number(source.replace(/\s/g, ''));
  const [, pattern, flags] = /^\/(.+)\/([a-z]*)$/s.exec(source) ?? [];
  if (pattern !== undefined) return new RegExp(pattern, flags);
  throw new Error(`\`${source}\` would have to be run, and nothing is run here: write a value`);
}
