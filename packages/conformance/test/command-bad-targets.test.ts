import { createServer, type Server, type Socket } from 'node:net';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';

import { command, expectGone } from './support/commands.js';
import { runCli } from './support/run-cli.js';

const folder = mkdtempSync(join(tmpdir(), 'cors-bad-targets-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;

/** A command that notes each of its processes, and where. */
function noted(script: string): { readonly shellCommand: string; readonly pids: () => number[] } {
  count += 1;
  const file = join(folder, `pids-${count}`);
  const note = `require('node:fs').appendFileSync(${JSON.stringify(file)}, process.pid + '\\n');`;
  return {
    shellCommand: command(note + script),
    pids: () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map(Number) : []),
  };
}

/** Long for what takes seconds, and short for what never ends. */
const BOUND_MS = 45_000;
const FEW = ['--id', 'vary', '--timeout', '2000'];

describe('a command that misbehaves gives a clear report, in bounded time, and is gone', () => {
  const raw = (listener: string): string => `on.start = () => {
    const server = require('node:net').createServer((socket) => { socket.on('error', () => {}); ${listener} });
    server.listen(0, '127.0.0.1', () => say({ type: 'listening', url: 'http://127.0.0.1:' + server.address().port }));
  };`;
  test.each<[string, string, readonly RegExp[]]>([
    [
      'hangs on every request',
      `on.start = () => serve(() => {});`,
      [
        /^ERROR vary\//m,
        /- transport, timeout: /,
        /The scenario listed was given up: 3 audits in a row got no reply in time/,
        /\n0 passed, 0 failed, \d+ skipped, [1-9]\d* with errors\n/,
      ],
    ],
    [
      'hangs, and ignores SIGTERM',
      `on.start = () => serve(() => {}); on.end = () => {}; process.on('SIGTERM', () => {});`,
      [
        /transport, timeout/,
        /PROBLEM Closing the server of listed failed: The command had to be killed/,
      ],
    ],
    [
      'dies at the first request',
      `on.start = () => serve(() => { console.error('out of memory'); process.exit(70); });`,
      [
        /^ERROR vary\//m,
        /PROBLEM Closing the server of listed failed: The command exited with 70.*ended with: out of memory/,
      ],
    ],
    [
      'dies in the middle of a reply',
      `on.start = () => serve((request, response) => {
         response.writeHead(200, { 'Content-Length': 10 }); response.write('half', () => process.exit(70));
       });`,
      [/transport, (?:closed-early|reset): /],
    ],
    [
      'sends no HTTP',
      raw(`socket.end('\\u0000\\u001b[31mgarbage\\r\\n\\r\\n');`),
      [/transport, malformed: /],
    ],
    [
      'resets connections',
      raw(`socket.once('data', () => socket.resetAndDestroy());`),
      [/transport, reset: /],
    ],
    [
      'sends megabytes of a head',
      raw(
        `socket.write('HTTP/1.1 200 OK\\r\\n'); const more = () => { while (socket.write('X-A: ' + 'x'.repeat(65536) + '\\r\\n')); }; socket.on('drain', more); more();`,
      ),
      [/transport, too-large: the head is over 262144 bytes/],
    ],
    [
      'sends megabytes of a body',
      `on.start = () => serve((request, response) => {
         const more = () => { while (response.write('x'.repeat(65536))); }; response.on('drain', more); more();
       });`,
      [/transport, too-large: /],
    ],
    [
      'prints without end',
      `setInterval(() => { console.log('x'.repeat(1e5)); console.error('y'.repeat(1e5)); }, 1); on.start = () => serve(() => {});`,
      [/transport, timeout/],
    ],
    [
      'never prints an address',
      `on.start = () => console.error('waiting for the database');`,
      [
        /The target did not start: The command did not answer "start" within 1800 ms\. Its standard error ended with: waiting for the database/,
        /\n0 passed, 0 failed, \d+ skipped, [1-9]\d* with errors\n/,
      ],
    ],
    [
      'prints garbage for an address',
      `on.start = () => process.stdout.write('{"type":"listening","url":\\u001b[2J}\\n');`,
      [/wrote "\{.*\\u001b\[2J\}", which is no message: /],
    ],
    [
      'leaves a process behind',
      `on.start = () => { spawn('sleep', ['1000'], { stdio: 'ignore' }); serve(() => {}); };`,
      [/timeout/],
    ],
  ])('%s', async (_name, script, patterns) => {
    const { shellCommand, pids } = noted(script);
    const started = performance.now();
    const { code, stdout, all } = await runCli(['--exec', shellCommand, ...FEW]);
    expect(performance.now() - started).toBeLessThan(BOUND_MS);
    expect(code, all).toBe(2);
    for (const pattern of patterns) expect(stdout).toMatch(pattern);
    expect(stdout).not.toMatch(/[\0-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(pids().length).toBeGreaterThan(1);
    await Promise.all(pids().map(expectGone));
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s ends the command and all it has started',
    async (signal) => {
      const { shellCommand, pids } = noted(
        `on.end = () => {}; process.on('SIGTERM', () => {}); on.start = () => serve(() => console.error('asked'));`,
      );
      const parameters = ['--exec', shellCommand, ...FEW.slice(0, 2), '--trace'];
      const run = await runCli(parameters, (child) => {
        let text = '';
        child.stderr?.on('data', (bytes: Buffer) => {
          text += bytes.toString();
          if (text.includes('asked')) child.kill(signal);
        });
      });
      expect(run.signal).toBe(signal);
      expect(pids().length).toBe(2);
      await Promise.all(pids().map(expectGone));
    },
  );
});

describe('a probe of a server that misbehaves', () => {
  const open = new Set<Server | Socket>();
  afterEach(() => {
    for (const one of open)
      if ('close' in one) one.close();
      else one.destroy();
    open.clear();
  });

  test.each<[string, (socket: Socket) => void, RegExp]>([
    ['never answers', () => undefined, /cannot be reached: no whole reply within 2000 ms/],
    [
      'resets',
      (socket) => socket.once('data', () => socket.resetAndDestroy()),
      /cannot be reached: /,
    ],
    [
      'sends no HTTP',
      (socket) => socket.end('\u001b[31mgarbage\r\n\r\n'),
      /cannot be reached: .*the status line is "\\u001b/,
    ],
    [
      'closes',
      (socket) => socket.end(),
      /cannot be reached: the connection ended before the end of the head/,
    ],
  ])('%s', async (_name, onConnection, message) => {
    const server = createServer((socket) => {
      open.add(socket);
      socket.on('error', () => undefined);
      onConnection(socket);
    });
    open.add(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const { code, stderr } = await runCli([
      ...[url, '--allowed-origin', 'https://a.example', '--any-origin', '--timeout', '2000'],
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('\u001b');
  });
});
