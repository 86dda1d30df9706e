/**
 * Takes every guard away, one at a time, in a copy of the repository, and runs the tests of its
 * package: at least one must fail. Prints which.
 *
 *     pnpm guards [word…]   only guards whose name or file holds one of the words
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { type Guard, GUARDS } from './guards.js';

const root = join(import.meta.dirname, '../..');
const copy = mkdtempSync(join(tmpdir(), 'guards-'));
process.on('exit', () => {
  rmSync(copy, { recursive: true, force: true });
});
cpSync(root, copy, {
  recursive: true,
  verbatimSymlinks: true,
  filter: (path) => path !== join(root, 'node_modules') && basename(path) !== '.git',
});
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

/** The part of vitest's report that is read. */
interface TestReport {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** The tests that fail in the package of a file, by their full names. */
function failingTests(project: string): string[] {
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const options = [
    'run',
    '--config',
    'vitest.workspace.ts',
    '--project',
    project,
    '--typecheck=false',
    // One failing test is enough to know.
    '--bail=1',
  ];
  spawnSync(process.execPath, [vitest, ...options, '--reporter=json', `--outputFile=${report}`], {
    cwd: copy,
    // A fixed seed, so that a property finds the same inputs each time.
    env: { ...process.env, CORS_PROPERTY_SEED: '1', CORS_TEST_REPORT: '' },
    timeout: 300_000,
  });
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as TestReport;
  return testResults.flatMap(({ message, assertionResults }) => [
    // A file that could not be loaded has a message; one that was not reached has none.
    ...(assertionResults.length === 0 && message !== '' ? [message] : []),
    ...assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  ]);
}

const projectOf = ({ file }: Guard): string => file.split('/')[1] ?? '';

/** The first test that notices; null when none does. */
function tryGuard(guard: Guard): string | null {
  const path = join(copy, guard.file);
  const source = readFileSync(path, 'utf8');
  if (source.split(guard.find).length !== 2) {
    throw new Error(
      `${guard.file} does not hold the guard "${guard.name}" exactly once: ${guard.find}`,
    );
  }
  writeFileSync(
    path,
    source.replace(guard.find, () => guard.replace),
  );
  try {
    return failingTests(projectOf(guard))[0] ?? null;
  } finally {
    writeFileSync(path, source);
  }
}

const words = process.argv.slice(2);
const chosen = GUARDS.filter(
  ({ name, file }) =>
    words.length === 0 || words.some((word) => name.includes(word) || file.includes(word)),
);
if (chosen.length === 0) throw new Error(`No guard is named like ${words.join(', ')}.`);
for (const project of new Set(chosen.map(projectOf))) {
  const failing = failingTests(project);
  if (failing.length > 0)
    throw new Error(`With every guard in place, this fails: ${failing.join('; ')}`);
}
let missed = 0;
for (const guard of chosen) {
  const noticed = tryGuard(guard);
  if (noticed === null) missed += 1;
  console.log(
    `${noticed === null ? 'MISSED ' : 'noticed'} ${guard.file} | ${guard.name} | ${noticed ?? 'no test failed'}`,
  );
}
console.log(`${String(chosen.length - missed)} guards noticed, ${String(missed)} missed`);
process.exitCode = missed === 0 ? 0 : 1;
