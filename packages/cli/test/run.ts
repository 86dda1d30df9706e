/**
 * The command as people run it: a process of its own, from the sources, which are put into one file first
 * since it starts a hundred times.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { buildSync } from 'esbuild';
import { afterAll } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
// Below the package, so that its dependencies are found; ignored by git, since all of node_modules is.
const FOLDER = join(ROOT, 'node_modules/.cors-command');
mkdirSync(FOLDER, { recursive: true });
const MAIN = join(FOLDER, `${process.pid}.mjs`);
buildSync({
  entryPoints: [join(ROOT, 'src/command/main.ts')],
  outfile: MAIN,
  bundle: true,
  platform: 'node',
  format: 'esm',
  conditions: ['@cors/source'],
  external: ['acorn', 'commander', 'jiti', 'picocolors'],
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
});
afterAll(() => rmSync(MAIN));

/** How the command ended. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command; what is in `input` is piped into it. */
export function cors(
  parameters: readonly string[],
  { input = '', env = {} }: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...parameters], {
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    // A command that reads no input may end before it was all written.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
