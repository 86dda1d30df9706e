/**
 * Measures what CORS costs, beside the packages that people use today: prints it, keeps it as JSON, and
 * writes docs/performance.md from it.
 *
 *     pnpm bench --help
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { compile } from './build.js';
import { type Asked, readCommandLine, USAGE } from './command-line.js';
import { complaints, GUARD_PROCESSES, guardedGroups } from './guard.js';
import { GROUPS } from './groups.js';
import { performancePage } from './page.js';
import { find, nameOf, readResults, type Results, withResults, writeResults } from './results.js';
import { runInTurn } from './run-in-turn.js';
import { rows } from './table.js';

const root = join(import.meta.dirname, '../..');
const KEPT = join(import.meta.dirname, 'results.json');

if (process.argv.includes('--help')) {
  console.log(USAGE);
} else {
  const asked = readCommandLine(process.argv.slice(2), KEPT);
  process.chdir(root);
  if (asked.isGuard) await guard(readResults(asked.json));
  else await measure(asked);
}

async function measure({ parts, only, processes, json, isWrite }: Asked): Promise<void> {
  const chosen = GROUPS.filter(
    (group) => parts.includes(group.part) && nameOf(group).includes(only),
  );
  const compiled = await compile();
  for (const group of chosen) {
    console.log(`\n${nameOf(group)} (${group.unit})`);
    const measured = await runInTurn(group, compiled, processes);
    for (const [kind = '', ...figures] of rows(measured)) {
      console.log(`  ${kind.padEnd(32)} ${figures.map((each) => each.padEnd(26)).join(' ')}`);
    }
    // After each, since all of them take an hour.
    writeResults(json, withResults(readResults(json), [measured]));
  }
  if (isWrite) writeFileSync(join(root, 'docs/performance.md'), performancePage(readResults(json)));
}

async function guard(kept: Results): Promise<void> {
  const compiled = await compile();
  const found: string[] = [];
  for (const group of guardedGroups(GROUPS)) {
    const measured = await runInTurn(group, compiled, GUARD_PROCESSES);
    const { part, subject, scenario } = group;
    const wrong = complaints(measured, find(kept, part, subject, scenario));
    console.log(`${wrong.length === 0 ? 'ok' : 'GREW'}  ${nameOf(group)}`);
    found.push(...wrong);
  }
  for (const each of found) console.error(each);
  if (found.length > 0) process.exitCode = 1;
}
