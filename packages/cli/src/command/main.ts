#!/usr/bin/env node
/**
 * The command `cors`.
 */
import process from 'node:process';
import { text } from 'node:stream/consumers';

import manifest from '../../package.json' with { type: 'json' };
import { USAGE } from './exit-code.js';
import { line, rendered, isColoured } from './output.js';
import { isTold, program } from './program.js';
import { UsageError } from './usage-error.js';

async function main(): Promise<void> {
  let exitCode: number = USAGE;
  try {
    await program(manifest.version, readInput, (code) => (exitCode = code)).parseAsync();
  } catch (error) {
    exitCode = codeOf(error);
  }
  process.exitCode = exitCode;
}

/** What was piped in, or is typed. */
function readInput(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('Paste the line, then press Ctrl+D:\n');
  return text(process.stdin);
}

function codeOf(error: unknown): number {
  // Help was asked for, or shown beside what is wrong.
  if (isTold(error)) return error.exitCode === 0 ? 0 : USAGE;
  if (!(error instanceof UsageError)) throw error;
  const lines = [line(`cors: ${error.message}`, 'red'), line(error.fix)];
  process.stderr.write(rendered(lines, isColoured(process.stderr, process.env)));
  return USAGE;
}

void main();
