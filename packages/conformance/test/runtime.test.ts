import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import type { RunReport } from '../src/audit-result.js';

const root = join(import.meta.dirname, '..');
/** Long enough for a slow machine, short enough to tell a process that never ends. */
const LIMIT_MS = 30_000;

/** Runs a fixture in a process of its own; one that does not end by itself has the code `null`. */
function runNode(...parameters: string[]): Promise<{ code: number | null; output: string }> {
  const flags = ['--conditions=@cors/source', '--import', 'tsx'];
  const child = spawn(process.execPath, [...flags, ...parameters], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '' },
    timeout: LIMIT_MS,
  });
  let output = '';
  child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (output += bytes.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

test(
  'under node:test audits pass, fail and are skipped, and the process ends',
  async () => {
    const { code, output } = await runNode(
      '--test',
      '--test-reporter=tap',
      'test/fixtures/node-test.ts',
    );
    expect(code, output).toBe(1);
    expect(output).toMatch(/^ *ok \d+ - one\/a: The title of one\/a$/m);
    expect(output).toMatch(/^ *ok \d+ - one\/h2: .* \(the target lacks http2\) # SKIP$/m);
    expect(output).toMatch(
      /^ *ok \d+ - three\/unsaid: .* # SKIP not expressible: maxAge is fixed$/m,
    );
    expect(output).toMatch(/^ *not ok \d+ - two\/wrong: The title of two\/wrong$/m);
    expect(output).toContain('the status should be 404, but is 200');
    expect(output).toMatch(/^ *ok \d+ - are all closed$/m);
    expect(output).toMatch(/^# pass 3$/m);
    expect(output).toMatch(/^# fail 1$/m);
    expect(output).toMatch(/^# skipped 2$/m);
  },
  2 * LIMIT_MS,
);

test(
  'a filter of node:test that leaves out the closing leaves no process behind',
  async () => {
    const { code, output } = await runNode(
      '--test',
      '--test-reporter=tap',
      '--test-name-pattern=one/a',
      'test/fixtures/node-test.ts',
    );
    expect(code, output).toBe(0);
    expect(output).toMatch(/^ *ok \d+ - one\/a: The title of one\/a$/m);
  },
  2 * LIMIT_MS,
);

test(
  'errors that escape a target are told, and neither end the process nor hold it up',
  async () => {
    const { code, output } = await runNode('test/fixtures/nasty-run.ts');
    expect(code, output).toBe(0);
    const { report, listeners } = JSON.parse(output) as { report: RunReport; listeners: number };
    expect(listeners).toBe(0);
    expect(
      report.results.map(({ id, outcome, error }) => [id, outcome, error?.origin, error?.code]),
    ).toEqual([
      ['throw', 'error', 'target', undefined],
      ['reject', 'error', 'target', undefined],
      ['throw/wrong', 'failed', undefined, undefined],
      ['a', 'passed', undefined, undefined],
      ['b', 'error', 'transport', 'timeout'],
      ['c', 'error', 'target', undefined],
      ['d', 'passed', undefined, undefined],
    ]);
    expect(report.problems).toEqual([
      'During the audit throw: An error escaped the target: nobody catches this',
      'During the audit reject: An error escaped the target: nobody waits for this',
      'During the audit throw/wrong: An error escaped the target: nobody catches this',
    ]);
  },
  2 * LIMIT_MS,
);
