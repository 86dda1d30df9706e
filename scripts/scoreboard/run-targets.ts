/** Builds the targets whose toolchain is there and runs the suite on them, two at a time. */
import { execSync, fork } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import type { Outcome } from './run-target.js';
import { folderOf, type TargetDescription } from './targets.js';
import { missingCommands } from './toolchain.js';

/** What came of all. */
export interface Outcomes {
  /** By the target's id. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Which were not run, and why: sentences. */
  readonly leftOut: readonly string[];
  /** Which could not be built, or ended without an outcome. */
  readonly broken: readonly string[];
}

const AT_ONCE = 2;

/** Runs them. */
export async function runTargets(descriptions: readonly TargetDescription[]): Promise<Outcomes> {
  const outcomes = new Map<string, Outcome>();
  const leftOut: string[] = [];
  const broken: string[] = [];
  const left = [...descriptions];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const missing = missingCommands(next.toolchain);
      if (missing.length > 0) {
        leftOut.push(`${next.id}: ${missing.join(', ')} is not installed`);
        continue;
      }
      try {
        build(next);
        const outcome = await run(next);
        outcomes.set(next.id, outcome);
        console.log(`${next.id}: ${summary(outcome)}`);
      } catch (error) {
        broken.push(`${next.id}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { outcomes, leftOut, broken };
}

function build(description: TargetDescription): void {
  if (description.build === undefined) return;
  console.log(`${description.id}: ${description.build}`);
  execSync(description.build, { cwd: folderOf(description), stdio: ['ignore', 'pipe', 'inherit'] });
}

function run({ id }: TargetDescription): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'run-target.ts'), [id], {
      execArgv: [...process.execArgv],
      // What an application prints about its own errors is not asked for.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let output = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-2000);
    });
    let outcome: Outcome | undefined;
    child.on('message', (message) => {
      outcome = message as Outcome;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (outcome !== undefined) resolve(outcome);
      else reject(new Error(`the run ended with ${code} and no outcome:\n${output}`));
    });
  });
}

function summary({ entry }: Outcome): string {
  const sum = (key: 'passed' | 'failed' | 'notExpressible' | 'skipped'): number =>
    entry.counts.reduce((total, count) => total + count[key], 0);
  return `${sum('passed')} passed, ${sum('failed')} failed, ${sum('notExpressible')} not expressible, ${sum('skipped')} skipped`;
}
