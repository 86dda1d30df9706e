/**
 * Takes every guard away, one at a time, in a copy of the repository, and runs the tests of its
 * package: at least one must fail. Prints which.
 *
 *     pnpm guards [word…]         only guards whose name or file holds one of the words
 *     pnpm guards --shard 1/2     every second one, from the first
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { BROWSER_GUARDS } from './browser-guards.js';
import { type Guard, GUARDS } from './guards.js';
import { TestRuns } from './test-runs.js';

const root = join(import.meta.dirname, '../..');
const copy = mkdtempSync(join(tmpdir(), 'guards-'));
process.on('exit', () => {
  rmSync(copy, { recursive: true, force: true });
});
const modules = join(root, 'node_modules');
cpSync(root, copy, {
  recursive: true,
  verbatimSymlinks: true,
  filter: (path) => path !== modules && basename(path) !== '.git',
});
// What is ours is the copy's own: a script that imports a package must find the guard gone.
mkdirSync(join(copy, 'node_modules'));
for (const name of readdirSync(modules)) {
  const [from, to] = [join(modules, name), join(copy, 'node_modules', name)];
  if (name === '@cors') cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  else symlinkSync(from, to);
}

// A fixed seed, so that a property finds the same inputs each time.
process.env['CORS_PROPERTY_SEED'] = '1';
process.env['CORS_TEST_REPORT'] = '';
process.chdir(copy);

const packageOf = ({ file }: Guard): string => file.split('/')[1] ?? '';

/** The first test that notices; null when none does. */
async function tryGuard(guard: Guard, runs: TestRuns): Promise<string | null> {
  const path = join(copy, guard.file);
  const source = readFileSync(path, 'utf8');
  const change = (text: string): void => {
    writeFileSync(path, text);
    runs.changed(path);
  };
  change(source.replace(guard.find, () => guard.replace));
  try {
    return (await runs.failing(path))[0] ?? null;
  } finally {
    change(source);
  }
}

const { values, positionals: words } = parseArgs({
  options: { shard: { type: 'string', default: '1/1' } },
  allowPositionals: true,
});
const [shard = 1, shards = 1] = values.shard.split('/').map(Number);
if (!(shard >= 1 && shard <= shards)) {
  throw new Error(`--shard is as 1/2, the first of two, not ${values.shard}`);
}
const chosen = [...GUARDS, ...BROWSER_GUARDS]
  .filter(
    ({ name, file }) =>
      words.length === 0 || words.some((word) => name.includes(word) || file.includes(word)),
  )
  .filter((_, index) => index % shards === shard - 1);
const astray = chosen.filter(
  ({ file, find }) => readFileSync(join(copy, file), 'utf8').split(find).length !== 2,
);
if (astray.length > 0) {
  const list = astray.map(({ file, name, find }) => `${file} | ${name} | ${find}`);
  throw new Error(`Not exactly once in their files:\n${list.join('\n')}`);
}
if (chosen.length === 0) throw new Error(`No guard is named like ${words.join(', ')}.`);
let missed = 0;
for (const name of new Set(chosen.map(packageOf))) {
  // The model of browsers keeps nothing between its tests, and is held against real ones as well. Those
  // of other packages share sockets and globals: vitest starts anew for each guard.
  const isWarm = name === 'browser';
  const open = (): Promise<TestRuns> =>
    TestRuns.open(copy, name, isWarm, isWarm ? ['scripts/test/recorded/'] : []);
  const all = await open();
  await expectNone(all);
  for (const guard of chosen.filter((each) => packageOf(each) === name)) {
    const runs = isWarm ? all : await open();
    const noticed = await tryGuard(guard, runs);
    if (runs !== all) await runs.close();
    if (noticed === null) missed += 1;
    console.log(
      `${noticed === null ? 'MISSED ' : 'noticed'} ${guard.file} | ${guard.name} | ${noticed ?? 'no test failed'}`,
    );
  }
  // What a guard's absence changed must be gone with it.
  await expectNone(all);
  await all.close();
}

async function expectNone(runs: TestRuns): Promise<void> {
  const failing = await runs.failing();
  if (failing.length > 0) {
    throw new Error(`With every guard in place, this fails: ${failing.join('; ')}`);
  }
}

console.log(`${String(chosen.length - missed)} guards noticed, ${String(missed)} missed`);
process.exitCode = missed === 0 ? 0 : 1;
