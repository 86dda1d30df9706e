import { createServer, type RequestListener, type Server } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cors } from '@cors/node';
import corsPackage from 'cors';
import { SaxesParser } from 'saxes';
import { afterAll, afterEach, describe, expect, test } from 'vitest';

import type { RunReport } from '../src/audit-result.js';
import { command } from './support/commands.js';
import { runCli } from './support/run-cli.js';

const folder = mkdtempSync(join(tmpdir(), 'cors-command-'));
afterAll(() => rmSync(folder, { recursive: true }));

const open = new Set<Server>();
afterEach(() => {
  for (const server of open) {
    server.close();
    server.closeAllConnections();
  }
  open.clear();
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  open.add(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
}

const ours: RequestListener = (request, response) =>
  void cors({ origin: ['https://app.example.com'], credentials: true, methods: ['PUT'] })(
    request,
    response,
    () => response.end('ok'),
  );
const reflecting: RequestListener = (request, response) => {
  corsPackage({ origin: true, credentials: true })(request, response, () => response.end('ok'));
};

const PROBE = [
  ...['--allowed-origin', 'https://app.example.com', '--denied-origin', 'https://evil.example'],
  ...['--method', 'PUT', '--credentials'],
];

/** A target by the contract, which lets every origin in. */
const REFLECTING = `on.start = () => serve((request, response) => {
  const { origin } = request.headers;
  if (origin !== undefined) response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Allow-Credentials', 'true');
  response.end('\\u001b[31m');
});`;

/** It fails all three; the last of them is a `should`. */
const MUST = 'origins/unlisted-is-denied';
const OTHER_MUST = 'origins/null-is-denied';
const SHOULD = 'vary/star-stays';
const THREE = [MUST, OTHER_MUST, SHOULD].flatMap((id) => ['--id', id]);

const knownFailing = (target: string, ...ids: string[]): string => {
  const file = join(
    folder,
    `known-${ids.length}-${ids.join().replaceAll('/', '-').slice(0, 50)}.json`,
  );
  const failing = ids.map((id) => ({ id, reason: `It has no ${id}.` }));
  writeFileSync(file, JSON.stringify({ target, failing }));
  return file;
};

describe('a probe', () => {
  test('of a server that is right is clean', async () => {
    const { code, stdout, stderr, all } = await runCli([await listen(ours), ...PROBE]);
    expect(code, all).toBe(0);
    expect(stdout).toMatch(
      /^CORS conformance of http:.*\n\n2\d passed, 0 failed, 0 skipped, 0 with errors\n$/,
    );
    expect(stderr).toBe('');
  });

  test('of one that reflects every origin finds it', async () => {
    const { code, stdout, all } = await runCli([await listen(reflecting), ...PROBE]);
    expect(code, all).toBe(1);
    expect(stdout).toContain('FAILED probe/denied-origin-is-denied (must, security)');
    expect(stdout).toContain('    < Access-Control-Allow-Origin: https://evil.example\n');
    // Only the exchange that shows it.
    expect(stdout.match(/\(this reply\)/g)).toHaveLength(
      stdout.match(/^ {4}> (?:GET|OPTIONS)/gm)!.length,
    );
  });

  test('says what the server answers beside what was asked', async () => {
    const led: RequestListener = (_request, response) =>
      response.writeHead(301, { Location: 'https://elsewhere.example/\u009b' }).end();
    const parameters = [await listen(led), ...PROBE.slice(0, 4), '--id', 'probe/null-is-denied'];
    const { code, stderr, all } = await runCli(parameters);
    expect(code, all).toBe(0);
    expect(stderr).toMatch(
      /^note: The server answers 301 and leads to "https:\/\/elsewhere\.example\/\\x9b"/,
    );
    expect(stderr).toMatch(
      /\nnote: Whether preflights pass is not judged: give --method or --header/,
    );
  });
});

describe('scenarios', () => {
  const TWO = ['--id', MUST, '--id', SHOULD];

  test('a command that is right is clean', async () => {
    const exec = `"${process.execPath}" --conditions=@cors/source --import tsx test/fixtures/exec-node.ts`;
    const { code, stdout, all } = await runCli([
      '--exec',
      exec,
      '--id',
      'vary',
      '--timeout',
      '30000',
    ]);
    expect(code, all).toBe(0);
    expect(stdout).toMatch(
      /^CORS conformance of @cors\/node on node:http\n\n[1-9]\d* passed, 0 failed, 0 skipped, 0 with errors\n$/,
    );
  });

  test('a module that is right is clean', async () => {
    const { code, all } = await runCli([
      '--module',
      'test/fixtures/module-target.ts',
      '--id',
      'vary',
    ]);
    expect(code, all).toBe(0);
  });

  test('a command that is wrong is told with the exchange; below must it is no failure', async () => {
    const run = await runCli(['--exec', command(REFLECTING), '--id', MUST]);
    expect(run.code, run.all).toBe(1);
    expect(run.stdout).toContain(`FAILED ${MUST} (must, security)`);
    expect(run.stdout).toContain('    < \\x1b[31m');
    const should = await runCli(['--exec', command(REFLECTING), '--id', SHOULD]);
    expect(should.code, should.all).toBe(0);
    expect(should.stdout).toContain(`FAILED ${SHOULD} (should, rfc9110)`);
  });

  test('a list of known failures takes them out, and is stale when they pass', async () => {
    const exec = ['--exec', command(REFLECTING), '--id', MUST];
    const known = knownFailing('a command 1.0', MUST);
    const listed = await runCli([...exec, '--known-failing', known]);
    expect(listed.code, listed.all).toBe(0);
    expect(listed.stdout).toContain(`KNOWN TO FAIL: It has no ${MUST}.`);
    const gone = knownFailing('another 2.0', MUST, 'vary/no-such-audit');
    const stale = await runCli([...exec, '--known-failing', gone]);
    expect(stale.code, stale.all).toBe(3);
    expect(stale.stdout).toContain('STALE vary/no-such-audit: there is no such audit');
    expect(stale.stderr).toContain(
      'note: The known failures are those of another 2.0, and this is a command 1.0.',
    );
  });

  test('--bail ends at the first result that decides, which a known failure does not', async () => {
    const exec = ['--exec', command(REFLECTING), ...THREE, '--bail'];
    const { code, stdout, all } = await runCli(exec);
    expect(code, all).toBe(1);
    expect(stdout).toMatch(/\n0 passed, 1 failed, 0 skipped, 0 with errors, 2 not run\n$/);
    const further = await runCli([...exec, '--known-failing', knownFailing('a command 1.0', MUST)]);
    expect(further.code, further.all).toBe(1);
    expect(further.stdout).toMatch(/\n0 passed, 1 failed, 1 known to fail, .*, 1 not run\n$/);
  });

  test('--trace shows every exchange, and what the command prints', async () => {
    const noisy = `console.log('hello \\u001b[31m'); console.error('to standard error')`;
    const parameters = ['--exec', command(noisy), '--id', OTHER_MUST, '--trace'];
    const { stdout, stderr } = await runCli(parameters);
    expect(stdout).toMatch(/^PASSED origins\/null-is-denied/m);
    expect(stdout.match(/^ {4}> (?:GET|OPTIONS) /gm)!.length).toBeGreaterThan(1);
    expect(stderr).toContain('output: hello \\x1b[31m\n');
    expect(stderr).toContain('output: to standard error\n');
  });

  test('what a library cannot express is no failure', async () => {
    const unable = command(`on.start = () => say({ type: 'not-expressible', reason: 'no lists' })`);
    const { code, stdout, all } = await runCli(['--exec', unable, ...TWO]);
    expect(code, all).toBe(0);
    expect(stdout).toContain(`NOT EXPRESSIBLE: no lists\n  ${MUST}\n  ${SHOULD}\n`);
  });
});

describe('what cannot be done is told in one line, with the exit code 2', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['no subject', [], /^cors-conformance: Nothing to judge: .*\nSee cors-conformance --help\n$/],
    [
      'nobody listens',
      ['http://127.0.0.1:1/', ...PROBE],
      /^cors-conformance: http:\/\/127\.0\.0\.1:1\/ cannot be reached: connect ECONNREFUSED/,
    ],
    ['no such command', ['--exec', 'exec no-such-command'], /exited with 127 before it answered/],
    [
      'no such module',
      ['--module', 'no-such.js'],
      /^cors-conformance: The module no-such\.js cannot be loaded: /,
    ],
    [
      'no target in it',
      ['--module', 'src/target.ts'],
      /The default export of src\/target\.ts is no target/,
    ],
    [
      'no such audit',
      ['--exec', command(), '--id', 'no/such'],
      /No audit has the id or the area "no\/such"/,
    ],
    [
      'no such list',
      ['--exec', command(), '--known-failing', 'no-such.json'],
      /known failures in no-such\.json cannot be read: ENOENT/,
    ],
    [
      'no such folder',
      ['--exec', command(REFLECTING), '--id', SHOULD, '--output', '/no/such/file'],
      /The report cannot be written to \/no\/such\/file: ENOENT/,
    ],
  ])('%s', async (_name, parameters, message) => {
    const { code, stdout, stderr } = await runCli(parameters);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

describe('forms of the report', () => {
  const wrong = () => ['--exec', command(REFLECTING), ...THREE];

  test('JSON', async () => {
    const { code, stdout, stderr } = await runCli([...wrong(), '--json']);
    const report = JSON.parse(stdout) as RunReport;
    expect(code).toBe(1);
    expect(report.target).toBe('a command 1.0');
    expect(report.results.map(({ id }) => id)).toEqual([MUST, OTHER_MUST, SHOULD]);
    expect(report.counts.failed).toBe(3);
    expect(stderr).toBe('');
  });

  test('JUnit, into a file, with the text beside it', async () => {
    const file = join(folder, 'report.xml');
    const { code, stdout } = await runCli([...wrong(), '--junit', '--output', file]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^CORS conformance of a command 1\.0\n/);
    let cases = 0;
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', ({ name }) => void (cases += name === 'testcase' ? 1 : 0));
    parser.write(readFileSync(file, 'utf8')).close();
    expect(cases).toBe(3);
  });

  test('Markdown', async () => {
    const { stdout } = await runCli([...wrong(), '--markdown']);
    expect(stdout).toMatch(
      /^# CORS conformance of a command 1\.0\n\n.* passed, .*\n\n\| passed \|/,
    );
  });

  test('no colour and no progress goes into a pipe', async () => {
    const { stdout, stderr } = await runCli(wrong());
    expect(stdout + stderr).not.toMatch(/[\u001b\r]/);
  });

  test('the version and the help', async () => {
    const { version } = JSON.parse(
      readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'),
    ) as { version: string };
    expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
    expect((await runCli(['--help'])).stdout).toContain('Exit codes:');
  });
});
