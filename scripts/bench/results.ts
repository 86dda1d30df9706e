/** What was measured, and on which machine: kept, so that parts can be measured one after another. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import process from 'node:process';
import type { Measured } from './group.js';

export interface Results {
  readonly machine: string;
  readonly groups: readonly Measured[];
}

function machine(): string {
  const [core] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${core?.model ?? 'unknown'}, ${cpus().length} cores, ${memory} GB, ${process.platform}, Node.js ${process.version}`;
}

export function readResults(file: string): Results {
  if (!existsSync(file)) return { machine: machine(), groups: [] };
  return JSON.parse(readFileSync(file, 'utf8')) as Results;
}

/** The results with new ones in the place of those of the same groups. Those of other machines go. */
export function withResults(results: Results, groups: readonly Measured[]): Results {
  const isNew = (old: Measured): boolean => !groups.some((each) => nameOf(each) === nameOf(old));
  const kept = results.machine === machine() ? results.groups.filter(isNew) : [];
  return { machine: machine(), groups: [...kept, ...groups] };
}

export function writeResults(file: string, { machine: name, groups }: Results): void {
  // One line for each group: a new run shows in a comparison as what it is.
  const lines = groups.map((group) => JSON.stringify({ ...group, samples: rounded(group) }));
  const json = `{\n"machine": ${JSON.stringify(name)},\n"groups": [\n${lines.join(',\n')}\n]\n}\n`;
  writeFileSync(file, json);
}

/** Four digits say all there is to say. */
function rounded({ samples }: Measured): Measured['samples'] {
  const round = (value: number): number => Number(value.toPrecision(4));
  return Object.fromEntries(
    Object.entries(samples).map(([kind, values]) => [kind, values.map(round)]),
  );
}

export function nameOf({
  part,
  subject,
  scenario,
}: Pick<Measured, 'part' | 'subject' | 'scenario'>): string {
  return `${part}: ${subject}, ${scenario}`;
}

/** The group of that name. */
export function find(results: Results, part: string, subject: string, scenario: string): Measured {
  const wanted = `${part}: ${subject}, ${scenario}`;
  const found = results.groups.find((group) => nameOf(group) === wanted);
  if (found === undefined) throw new Error(`There are no results of ${wanted}: pnpm bench ${part}`);
  return found;
}
