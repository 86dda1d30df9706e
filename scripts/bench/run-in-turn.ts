/**
 * Samples of the kinds of a group, each from a fresh process, the kinds in turn: within one process the
 * optimiser's state decides more than the code does, and a machine that is busy for a while is so for
 * all kinds alike.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import type { Group, Kind, Measured } from './group.js';

const run = promisify(execFile);

/**
 * @param compiled - Where the scripts lie as JavaScript.
 * @param rounds - How many samples of each kind.
 */
export async function runInTurn(group: Group, compiled: string, rounds: number): Promise<Measured> {
  const { kinds, isExact = false, ...rest } = group;
  const samples: Record<string, number[]> = {};
  for (let round = 0; round < (isExact ? 1 : rounds); round += 1) {
    // Another one begins each time: the first of a round may find the machine in another state.
    const first = round % kinds.length;
    for (const kind of [...kinds.slice(first), ...kinds.slice(0, first)]) {
      for (const [name, value] of await sample(kind, compiled)) (samples[name] ??= []).push(value);
    }
  }
  return { ...rest, samples };
}

/** By the kind's name; or by those of several that the script tells apart. */
async function sample(
  { name, script, parameters, nodeOptions = [] }: Kind,
  compiled: string,
): Promise<[name: string, value: number][]> {
  const file = join(compiled, `${script}.js`);
  const { stdout } = await run(process.execPath, [...nodeOptions, file, ...parameters]);
  const printed: unknown = JSON.parse(stdout);
  const isSeveral = typeof printed === 'object' && printed !== null;
  const values: [string, unknown][] = isSeveral ? Object.entries(printed) : [[name, printed]];
  return values.map(([each, value]) => {
    if (typeof value === 'number') return [each, value];
    throw new Error(`${script} ${parameters.join(' ')}: ${stdout}`);
  });
}
