/**
 * Runs the conformance suite on other CORS libraries and on our own adapters, and writes
 * docs/scoreboard.md and docs/scoreboard.json.
 *
 *     pnpm scoreboard              all targets whose toolchain is there
 *     pnpm scoreboard js- nginx    those whose name holds one of the words; the others stay as they are
 *     pnpm scoreboard --check      writes nothing, and fails where something would change
 *     pnpm scoreboard --list       prints the targets
 *
 * Exits with 1 when an audit failed that the target's known-failing.json does not list, with 3 when an
 * entry there is no longer true.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { root } from '../test/documents.js';
import type { Entry } from './entry.js';
import { scoreboardPage } from './page.js';
import { runTargets } from './run-targets.js';
import { targetDescriptions } from './targets.js';

const { values, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});

const JSON_FILE = join(root, 'docs/scoreboard.json');
const LINES_SHOWN = 12;
const PAGE_FILE = join(root, 'docs/scoreboard.md');

const descriptions = targetDescriptions();
const chosen = descriptions.filter(
  ({ id }) => words.length === 0 || words.some((word) => id.includes(word)),
);
if (chosen.length === 0) {
  console.error(`No target's name holds ${words.join(' or ')}: see pnpm scoreboard --list`);
  process.exit(2);
}
if (values.list) {
  for (const { id, name, toolchain } of chosen)
    console.log(`${id}: ${name} (${toolchain.join(', ')})`);
  process.exit(0);
}

const { outcomes, leftOut, broken } = await runTargets(chosen);
const before = storedEntries();
const entries = descriptions.flatMap(({ id }): readonly Entry[] => {
  const entry = outcomes.get(id)?.entry ?? before.find((one) => one.id === id);
  return entry === undefined ? [] : [entry];
});
const files = [
  [JSON_FILE, `${JSON.stringify(entries, null, 1)}\n`],
  [PAGE_FILE, scoreboardPage(entries)],
] as const;

let status = 0;
for (const [id, { problems, stale }] of outcomes) {
  for (const problem of problems) console.log(`${id}: ${problem}`);
  for (const entry of stale) console.log(`${id}: known-failing.json is out of date: ${entry}`);
}
if ([...outcomes.values()].some(({ stale }) => stale.length > 0)) status = 3;
if ([...outcomes.values()].some(({ problems }) => problems.length > 0) || broken.length > 0)
  status = 1;
for (const [path, content] of files) {
  if (!values.check) writeFileSync(path, content);
  else if (readOrEmpty(path) !== content) {
    console.log(`${path} is not what this run would write: run pnpm scoreboard`);
    console.log(firstDifference(readOrEmpty(path), content));
    status = 1;
  }
}
for (const problem of broken) console.log(problem);
for (const reason of leftOut) console.log(`Left out: ${reason}`);
process.exitCode = status;

function storedEntries(): readonly Entry[] {
  const text = readOrEmpty(JSON_FILE);
  return text === '' ? [] : (JSON.parse(text) as readonly Entry[]);
}

/** The lines where two texts part, of the one and of the other. */
function firstDifference(stored: string, written: string): string {
  const [before, after] = [stored.split('\n'), written.split('\n')];
  const first = after.findIndex((line, index) => line !== before[index]);
  const from = first < 0 ? after.length : first;
  const part = (mark: string, lines: readonly string[]): readonly string[] =>
    lines.slice(from, from + LINES_SHOWN).map((line) => `${mark} ${line}`);
  return [`From line ${from + 1}:`, ...part('-', before), ...part('+', after)].join('\n');
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
