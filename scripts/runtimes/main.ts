/**
 * Plays the conformance suite on each of our packages in each runtime, two at a time.
 *
 *     pnpm test:runtimes                    all of them
 *     pnpm test:runtimes --only deno hono   those whose line holds each of the words
 *     pnpm test:runtimes --write            writes docs/runtimes.json, docs/runtimes.md and the README's table
 *
 * Exits with 1 when an audit fails that limitations.ts does not list, when an entry there is no longer true,
 * or when docs/runtimes.json holds something else than what came out.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { root } from '../test/documents.js';
import type { Entry } from './entry.js';
import { LIMITATIONS } from './limitations.js';
import { playCases } from './minimal-cases.js';
import { PACKAGES, RUNTIMES, titleOf } from './runtimes.js';
import { runtimesPage, withTable } from './table.js';
import { installToolchain } from './toolchain.js';
import { type Trial, tryPackage } from './try-package.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true, default: [] },
    write: { type: 'boolean', default: false },
  },
});

const AT_ONCE = 2;
const MOST_SHOWN = 60;
const JSON_FILE = join(root, 'docs/runtimes.json');
const PAGE_FILE = join(root, 'docs/runtimes.md');
const README = join(root, 'README.md');

const words = [...values.only, ...positionals].map((word) => word.toLowerCase());
const trials = RUNTIMES.flatMap((runtime) =>
  PACKAGES.flatMap((name): readonly Trial[] => {
    const program = runtime.programs[name];
    return program === undefined ? [] : [{ runtime, package: name, program }];
  }),
);
const chosen = trials.filter((trial) =>
  words.every((word) => labelOf(trial).toLowerCase().includes(word)),
);
if (chosen.length === 0) {
  console.error(`Nothing that is tried holds ${words.join(' and ')}`);
  process.exit(2);
}

installToolchain();
const problems: string[] = [];
const entries = new Map<Trial, Entry>();
const folder = mkdtempSync(join(tmpdir(), 'cors-runtimes-'));
try {
  await Promise.all(Array.from({ length: AT_ONCE }, takeTrials(chosen)));
  for (const runtime of new Set(chosen.map((trial) => trial.runtime))) await checkCases(runtime);
} finally {
  rmSync(folder, { recursive: true });
}
keep();
for (const problem of problems.slice(0, MOST_SHOWN)) console.log(problem);
console.log(problems.length === 0 ? 'As it should be.' : `${problems.length} problems.`);
process.exitCode = problems.length === 0 ? 0 : 1;

function labelOf({ runtime, package: name }: Trial): string {
  return `${titleOf(runtime)}, ${name}`;
}

/** Work that takes the next trial until there is none. */
function takeTrials(given: readonly Trial[]): () => Promise<void> {
  const left = [...given];
  return async () => {
    for (let trial = left.shift(); trial !== undefined; trial = left.shift()) await run(trial);
  };
}

async function run(trial: Trial): Promise<void> {
  const label = labelOf(trial);
  try {
    const { entry, problems: found } = await tryPackage(trial, folder);
    entries.set(trial, entry);
    problems.push(...found.map((problem) => `${label}: ${problem}`));
    const { passed, skipped, limitations } = entry;
    console.log(
      `${label}: ${passed} passed, ${found.length} problems, ${limitations.length} limitations, ${skipped} skipped`,
    );
  } catch (error) {
    problems.push(`${label}: ${error instanceof Error ? error.message : String(error)}`);
    console.log(`${label}: broken`);
  }
}

async function checkCases(runtime: Trial['runtime']): Promise<void> {
  for (const limitation of LIMITATIONS.filter((one) => one.runtime === runtime.name)) {
    const label = `${titleOf(runtime)}, without our code, ${limitation.server}`;
    try {
      const found = await playCases(runtime, limitation);
      problems.push(...found.map((problem) => `${label}: ${problem}`));
      console.log(
        `${label}: ${limitation.audit} is ${found.length === 0 ? 'its' : 'not its'} limitation`,
      );
    } catch (error) {
      problems.push(`${label}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** Writes what came out, or compares it: what was not tried stays as it is. */
function keep(): void {
  const before = storedEntries();
  const after = trials.flatMap((trial): readonly Entry[] => {
    const stored = before.find(
      (one) => one.runtime === titleOf(trial.runtime) && one.package === trial.package,
    );
    const entry = entries.get(trial) ?? stored;
    return entry === undefined ? [] : [entry];
  });
  if (values.write) {
    writeFileSync(JSON_FILE, `${JSON.stringify(after, null, 2)}\n`);
    writeFileSync(PAGE_FILE, runtimesPage(after));
    writeFileSync(README, withTable(readFileSync(README, 'utf8'), after));
  } else if (!isDeepStrictEqual(before, after)) {
    problems.push('docs/runtimes.json holds something else: run `pnpm test:runtimes --write`');
  }
}

function storedEntries(): readonly Entry[] {
  try {
    return JSON.parse(readFileSync(JSON_FILE, 'utf8')) as readonly Entry[];
  } catch {
    return [];
  }
}
