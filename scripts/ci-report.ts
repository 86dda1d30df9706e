// Reads vitest's JSON reports for .ci/run, which counts tests and not runs.
//   count REPORT STATUS   prints "PASSED FAILED"; a run that failed counts at least one failure
//   collected REPORT      fails unless every test file of every package was collected, with a test
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[];
}

const root = join(import.meta.dirname, '..');
const [command, file = '', status = '0'] = process.argv.slice(2);
const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : undefined;

if (command === 'count') {
  const passed = report?.numPassedTests ?? 0;
  // A file that cannot be imported has no test to fail; it counts as one.
  const brokenFiles = report?.testResults.filter(
    (result) =>
      result.status === 'failed' &&
      result.assertionResults.every((assertion) => assertion.status !== 'failed'),
  );
  // An error outside the tests fails the run alone.
  const failed = Math.max(
    (report?.numFailedTests ?? 0) + (brokenFiles?.length ?? 0),
    report && status === '0' ? 0 : 1,
  );
  console.log(`${passed} ${failed}`);
} else {
  const collected = new Set(
    report?.testResults
      .filter(({ assertionResults }) => assertionResults.length > 0)
      .map(({ name }) => name),
  );
  const problems = [...foldersOf('packages'), ...foldersOf('examples')].flatMap((folder) => {
    const expected = testFiles(folder);
    // An example may leave its tests to others; a package without any is an oversight.
    if (expected.length === 0 && folder.startsWith('packages/')) return [`${folder} has no tests`];
    return expected.filter((name) => !collected.has(name)).map((name) => `not collected: ${name}`);
  });
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}

function foldersOf(parent: string): string[] {
  if (!existsSync(join(root, parent))) return [];
  return readdirSync(join(root, parent))
    .map((name) => `${parent}/${name}`)
    .filter((folder) => existsSync(join(root, folder, 'package.json')));
}

/** Looks in the whole package: a test in the wrong folder, which no pattern meets, is found too. */
function testFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true })
    .map((path) => join(root, folder, path.toString()))
    .filter((path) => /\.(?:test|spec|test-d)\.[cm]?[jt]sx?$/.test(path))
    .filter((path) => !path.includes('/node_modules/') && !path.includes('/dist/'));
}
