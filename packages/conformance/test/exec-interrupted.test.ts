import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { command, expectGone } from './support/commands.js';

const root = join(import.meta.dirname, '..');

/** Whatever it is asked, it stays: only a signal to its group ends it. Its child has closed all pipes. */
const STUBBORN = `
  on.end = () => {};
  process.on('SIGTERM', () => {});
  process.on('SIGINT', () => {});
  const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1e4)'], { stdio: 'ignore' });
  on.start = () => serve((request, response) => response.end(process.pid + ' ' + child.pid));`;

/** By the contract, it exits when its input ends: all that is left when nobody could send a signal. */
const OBEDIENT = `on.start = () => serve((request, response) => response.end(String(process.pid)));`;

test.each<[string, string, { code: number | null; signal: string | null }]>([
  ['SIGINT', STUBBORN, { code: null, signal: 'SIGINT' }],
  ['SIGTERM', STUBBORN, { code: null, signal: 'SIGTERM' }],
  ['SIGHUP', STUBBORN, { code: null, signal: 'SIGHUP' }],
  ['exit', STUBBORN, { code: 9, signal: null }],
  ['throw', STUBBORN, { code: 1, signal: null }],
  ['SIGKILL', OBEDIENT, { code: null, signal: 'SIGKILL' }],
])('a suite that ends by %s leaves no process behind', async (how, script, ending) => {
  const flags = ['--conditions=@cors/source', '--import', 'tsx'];
  const parameters = [...flags, 'test/fixtures/exec-driver.ts', command(script), how];
  const child = spawn(process.execPath, parameters, {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.on('data', (bytes: Buffer) => {
    output += bytes.toString();
    if (how.startsWith('SIG') && output.endsWith('\n')) child.kill(how as NodeJS.Signals);
  });
  const ended = await new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  expect(ended).toEqual(ending);
  const pids = output.trim().split(' ').map(Number);
  expect(pids.every((pid) => pid > 1)).toBe(true);
  await Promise.all(pids.map(expectGone));
});
