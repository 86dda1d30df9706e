// The page about the library: its five lines, run by each test framework's own runner, on the page's
// target and on one that fails; and its tables, held against the types.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { type Capability, runAudits, type Target } from '@cors/conformance';
import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';

import { readText, root } from './documents.js';
import { runSample } from './run-sample.js';
import { nameOf, type Sample, samplesIn } from './samples.js';

const FILE = 'docs/conformance-library.md';
const text = readText(FILE);
const page = samplesIn(FILE, text);
const targetSample = page.find((sample) => nameOf(sample) === 'target.ts')!;
const { target } = (await runSample(targetSample, page)).exports as { target: Target };

/** The page's target, but its handlers grant whoever asks. */
const CARELESS = `${targetSample.code}
const { start } = target;
(target as { start: typeof start }).start = async (scenario) => {
  const running = await start(scenario);
  const { address } = running;
  if (address.protocol !== 'memory') throw new Error('It is in memory.');
  const fetch = async (request: Request): Promise<Response> => {
    const reply = new Response(...(await address.fetch(request).then((made) => [made.body, made] as const)));
    reply.headers.set('Access-Control-Allow-Origin', request.headers.get('Origin') ?? '*');
    return reply;
  };
  return { ...running, address: { protocol: 'memory', fetch } };
};`;

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Runner {
  /** What its sample imports. */
  readonly from: string;
  /** The file that it takes for tests. */
  readonly file: string;
  readonly command: (file: string) => readonly string[];
  readonly counts: (output: string) => Counts;
}

const bin = (path: string): string => join(root, 'node_modules', path);
const json = (output: string): Record<string, unknown> =>
  JSON.parse(output.slice(output.indexOf('{'))) as Record<string, unknown>;
/** vitest counts as Jest does. */
const likeJest = (output: string): Counts => {
  const { numPassedTests, numFailedTests, numPendingTests } = json(output) as Record<
    string,
    number
  >;
  return { passed: numPassedTests!, failed: numFailedTests!, skipped: numPendingTests! };
};

const RUNNERS: Readonly<Record<string, Runner>> = {
  vitest: {
    from: 'vitest',
    file: 'audits.test.mjs',
    command: (file) => [bin('vitest/vitest.mjs'), 'run', '--root', '.', '--reporter=json', file],
    counts: likeJest,
  },
  'node:test': {
    from: 'node:test',
    file: 'audits.mjs',
    command: (file) => ['--test', '--test-reporter=tap', file],
    counts: (output) => {
      const count = (name: string): number =>
        Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(output)?.[1]);
      return { passed: count('pass'), failed: count('fail'), skipped: count('skipped') };
    },
  },
  Mocha: {
    from: 'mocha',
    file: 'audits.spec.mjs',
    command: (file) => [bin('mocha/bin/mocha.js'), '--reporter=json', file],
    counts: (output) => {
      const { stats } = json(output) as { stats: Record<string, number> };
      return { passed: stats['passes']!, failed: stats['failures']!, skipped: stats['pending']! };
    },
  },
  Jest: {
    from: '@jest/globals',
    file: 'audits.test.cjs',
    command: (file) => [
      bin('jest/bin/jest.js'),
      '--rootDir=.',
      '--json',
      `--config=${JSON.stringify({ testMatch: [`**/${file}`], transform: {} })}`,
    ],
    counts: likeJest,
  },
};

const folder = mkdtempSync(join(tmpdir(), 'cors-runners-'));
afterAll(() => rmSync(folder, { recursive: true }));
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));

/** Bundles a sample with a target, and all of ours, into one file: no runner is to know TypeScript. */
async function bundle({ code }: Sample, { from, file }: Runner, targetCode: string): Promise<void> {
  await build({
    stdin: { contents: code, loader: 'ts', resolveDir: join(root, 'scripts') },
    outfile: join(folder, file),
    bundle: true,
    platform: 'node',
    target: 'node20',
    conditions: ['@cors/source'],
    format: file.endsWith('.cjs') ? 'cjs' : 'esm',
    external: [from],
    logLevel: 'error',
    plugins: [
      {
        name: 'target',
        setup: (options) => {
          options.onResolve({ filter: /^\.\/target\.js$/ }, () => ({
            path: 'target',
            namespace: 'page',
          }));
          options.onLoad({ filter: /.*/, namespace: 'page' }, () => ({
            contents: targetCode,
            loader: 'ts',
            resolveDir: join(root, 'scripts'),
          }));
        },
      },
    ],
  });
}

/** Runs a test framework to its end. */
function run(parameters: readonly string[]): Promise<{ code: number; output: string }> {
  // A test framework inside another would take its settings for its own.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(?:VITEST|NODE_TEST|NODE_OPTIONS|JEST)/.test(name),
    ),
  );
  return new Promise((resolve) => {
    const options = { cwd: folder, env, maxBuffer: 2 ** 26, timeout: 50_000 };
    execFile(process.execPath, parameters, options, (error, stdout, stderr) => {
      const { code = 0 } = (error ?? {}) as { code?: number };
      resolve({ code, output: stdout === '' ? stderr : stdout });
    });
  });
}

async function careless(): Promise<Target> {
  const made = await runSample({ code: CARELESS, line: 1 }, page);
  return made.exports['target'] as Target;
}

describe.each(Object.entries(RUNNERS))('registerAudits in %s', (_, runner) => {
  const sample = page.find(({ code }) => code.includes(`from '${runner.from}'`))!;

  it.each([
    ['the target of the page', async () => target, targetSample.code, 0],
    ['a careless one', careless, CARELESS, 1],
  ] as const)('%s', async (__, makeTarget, code, status) => {
    expect(sample.code.trim().split('\n').filter(Boolean)).toHaveLength(4);
    await bundle(sample, runner, code);
    const ran = await run(runner.command(runner.file));
    const { counts } = await runAudits(await makeTarget());
    expect(counts.failed > 0).toBe(status === 1);
    expect(runner.counts(ran.output), ran.output.slice(-2_000)).toEqual({
      // One more: that all servers are closed.
      passed: counts.passed + 1,
      failed: counts.failed,
      skipped: counts.skipped,
    });
    expect(Math.sign(ran.code)).toBe(status);
  });
});

describe('the tables', () => {
  it('have every capability', () => {
    const source = readText('packages/conformance/src/target.ts');
    const [, list = ''] = /export type Capability =(.*?);\n/s.exec(source) ?? [];
    const all = Array.from(list.matchAll(/'([a-z0-9-]+)'/g), ([, name]) => name as Capability);
    expect(all.length).toBeGreaterThan(15);
    const [, table = ''] = /\n\| capability \|(.*?)\n\n/s.exec(text) ?? [];
    const named = Array.from(table.matchAll(/`([a-z0-9-]+)`/g), ([, name]) => name);
    expect(named.filter((name) => all.includes(name as Capability)).sort()).toEqual(
      [...all].sort(),
    );
  });
});
