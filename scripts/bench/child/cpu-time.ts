/**
 * CPU time, of all threads of the process: what the collector and the compiler do at the side is part
 * of what a request costs, and what other programs of the machine do is not.
 */
import process from 'node:process';

/** The optimiser is done by then, as far as one can tell. */
const WARM_UP = 300_000;
const MEASURED = 300_000;
/** Between two looks at the clock. */
const BATCH = 500;

/**
 * The CPU time of one round, in µs.
 *
 * @param play - Plays a number of rounds.
 */
export async function cpuTimePerRound(
  play: (count: number) => void | Promise<void>,
): Promise<number> {
  await playFor(WARM_UP, play);
  const { rounds, time } = await playFor(MEASURED, play);
  return time / rounds;
}

async function playFor(
  wanted: number,
  play: (count: number) => void | Promise<void>,
): Promise<{ readonly rounds: number; readonly time: number }> {
  const start = process.cpuUsage();
  for (let rounds = BATCH; ; rounds += BATCH) {
    await play(BATCH);
    const { user, system } = process.cpuUsage(start);
    if (user + system >= wanted) return { rounds, time: user + system };
  }
}

const BATCHED = 2_000;
/** In µs, of the part that is timed. */
const BATCHES_WARM_UP = 100_000;
const BATCHES_MEASURED = 200_000;

/**
 * The CPU time of one call, in µs, without that of making what it is called with.
 *
 * @param make - Makes an input.
 * @param use - What is timed.
 */
export function cpuTimeOfBatches<Input>(make: () => Input, use: (input: Input) => void): number {
  batchesFor(BATCHES_WARM_UP, make, use);
  return batchesFor(BATCHES_MEASURED, make, use);
}

function batchesFor<Input>(wanted: number, make: () => Input, use: (input: Input) => void): number {
  let time = 0;
  let calls = 0;
  while (time < wanted) {
    const inputs = Array.from({ length: BATCHED }, make);
    const start = process.cpuUsage();
    for (const input of inputs) use(input);
    const { user, system } = process.cpuUsage(start);
    time += user + system;
    calls += BATCHED;
  }
  return time / calls;
}
