/**
 * The command as people run it: a process of its own.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import process from 'node:process';

import { afterAll } from 'vitest';
import { bundledCommand } from './bundled-command.js';

const MAIN = bundledCommand(String(process.pid));
afterAll(() => rmSync(MAIN));

/** How the command ended. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How the command is run. */
export interface Running {
  /** What is piped into it. */
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Whether nobody reads what it prints. */
  readonly isUnread?: boolean;
}

/** Runs the command. */
export function cors(
  parameters: readonly string[],
  { input = '', env = {}, isUnread = false }: Running = {},
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
    if (isUnread) child.stdout.destroy();
    // A command that reads no input may end before it was all written.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
