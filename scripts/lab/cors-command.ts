/**
 * The command `cors`, as people have it: a process of its own, in one file.
 */
import { execFile } from 'node:child_process';
import process from 'node:process';
import type { PageRequest } from '@cors/browser';

import { bundledCommand } from '../../packages/cli/test/bundled-command.js';
import { fetchCall } from '../blocked/fetch-call.js';

/** What the command printed for machines, as far as it is looked at here. */
export interface CommandAnswer {
  readonly exitCode: number;
  readonly milliseconds: number;
  readonly code: string | null;
  readonly cause: string;
  /** Headers that the page may not read. */
  readonly hidden: readonly string[];
}

/** Puts the command into one file, from the sources. */
export function bundleCommand(): (parameters: readonly string[]) => Promise<CommandAnswer> {
  const file = bundledCommand('lab');
  return (parameters) => ask(file, parameters);
}

/** What asks the server, as the page would. */
export function checkParameters(request: PageRequest): readonly string[] {
  return ['check', '--fetch', fetchCall(request), '--origin', request.origin, '--send'];
}

function ask(file: string, parameters: readonly string[]): Promise<CommandAnswer> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [file, ...parameters, '--json'], (error, stdout, stderr) => {
      const milliseconds = performance.now() - start;
      const exitCode = error === null ? 0 : Number(error.code);
      if (stdout === '') {
        reject(new Error(`cors ${parameters.join(' ')} printed nothing: ${stderr}`));
        return;
      }
      const printed = JSON.parse(stdout) as Printed;
      const [first] = printed.verdicts ?? [printed];
      resolve({
        exitCode,
        milliseconds,
        code: first?.code ?? null,
        cause: first?.cause ?? '',
        hidden: printed.hiddenHeaders ?? [],
      });
    });
  });
}

interface Found {
  readonly code?: string | null;
  readonly cause?: string | null;
}

/** Of `check`, or of `why`, which may find several. */
interface Printed extends Found {
  readonly verdicts?: readonly Found[];
  readonly hiddenHeaders?: readonly string[];
}
