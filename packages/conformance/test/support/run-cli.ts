import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const FLAGS = ['--conditions=@cors/source', '--import', 'tsx', 'src/cli.ts'];

/** What came of the command. */
export interface CommandRun {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, for a test that fails. */
  readonly all: string;
}

/** Runs the command `cors-conformance` in a process of its own, in the package's folder. */
export function runCli(
  parameters: readonly string[],
  watch: (child: ChildProcess) => void = () => undefined,
): Promise<CommandRun> {
  const child = spawn(process.execPath, [...FLAGS, ...parameters], {
    cwd: root,
    // Colours are asked for: a pipe must not get them all the same.
    env: { ...process.env, NODE_OPTIONS: '', FORCE_COLOR: '1', NO_COLOR: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (bytes: Buffer) => (stdout += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
  watch(child);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr, all: `${code}\n${stdout}\n${stderr}` });
    });
  });
}
