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
  // Where there is nothing left to wait for, and no answer.
  const stall = (): void => {
    process.exitCode = codeOf(
      new UsageError(
        'A promise never settles, so there is no answer.',
        'Look for it in the file with the options: in a predicate, or in an await outside of functions.',
      ),
    );
  };
  process.once('beforeExit', stall);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', endQuietly);
  try {
    await program(manifest.version, readInput, (code) => (exitCode = code)).parseAsync();
  } catch (error) {
    exitCode = codeOf(error);
  }
  process.off('beforeExit', stall);
  process.exitCode = exitCode;
}

/** Whoever reads the output may stop, as `head` does. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
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
