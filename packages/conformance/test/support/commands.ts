import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, vi } from 'vitest';

/** What the scripts below begin with: a target that answers by what `on` says, and exits at the end of its input. */
const PRELUDE = `
const { createServer } = require('node:http');
const { spawn } = require('node:child_process');
const say = (message, then) => process.stdout.write(JSON.stringify(message) + '\\n', then);
const description = { type: 'description', name: 'a command 1.0', capabilities: ['http1', 'reconfigure', 'refuses-options'] };
/** Serves the process's id, and whatever else it is given. */
const serve = (listener = (request, response) => response.end(String(process.pid))) => {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1', () => say({ type: 'listening', url: 'http://127.0.0.1:' + server.address().port }));
};
const on = {
  describe: () => say(description, () => process.exit(0)),
  start: () => serve(),
  reconfigure: () => say({ type: 'reconfigured' }),
  end: () => process.exit(0),
};
let rest = '';
process.stdin.setEncoding('utf8').on('data', (text) => {
  const lines = (rest + text).split('\\n');
  rest = lines.pop();
  for (const line of lines) on[JSON.parse(line).type](JSON.parse(line));
}).on('end', () => on.end());
`;

const folder = mkdtempSync(join(tmpdir(), 'cors-commands-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;

/** A command that is a target by the contract, but for what the script changes. */
export function command(script = ''): string {
  count += 1;
  const file = join(folder, `command-${count}.cjs`);
  writeFileSync(file, PRELUDE + script);
  return `"${process.execPath}" "${file}"`;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // One that has ended stays in the table until its parent has asked, and in a container nobody may.
  const stat = `/proc/${pid}/stat`;
  return !(existsSync(stat) && / Z /.test(readFileSync(stat, 'utf8')));
}

/** Waits until a process is gone: one that was killed is, once its parent has been told. */
export async function expectGone(pid: number): Promise<void> {
  await vi.waitFor(() => {
    if (isAlive(pid)) throw new Error(`the process ${pid} is still there`);
  }, 10_000);
}
