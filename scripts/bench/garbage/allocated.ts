/**
 * Bytes allocated on the heap by one round: how far the heap grows while nothing is collected. It needs a
 * young generation that takes all of it, see `NODE_OPTIONS_WITHOUT_GC`.
 */
import { PerformanceObserver } from 'node:perf_hooks';
import process from 'node:process';

/** With them a process can allocate 256 MB before V8 collects anything. */
export const NODE_OPTIONS_WITHOUT_GC: readonly string[] = [
  '--min-semi-space-size=256',
  '--max-semi-space-size=256',
  '--expose-gc',
];

const collect = (globalThis as { gc?: () => void }).gc;

/**
 * @param play - Plays a number of rounds.
 * @param rounds - How many fit into the young generation.
 */
export async function bytesPerRound(
  play: (count: number) => void | Promise<void>,
  rounds: number,
): Promise<number> {
  if (collect === undefined) throw new Error('Start it with --expose-gc.');
  // Until it is compiled for good.
  for (let each = 0; each < 20; each += 1) await play(rounds);
  collect();
  // What was collected is told later.
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  let collections = 0;
  const observer = new PerformanceObserver((list) => (collections += list.getEntries().length));
  observer.observe({ entryTypes: ['gc'] });
  const before = process.memoryUsage().heapUsed;
  await play(rounds);
  const grown = process.memoryUsage().heapUsed - before;
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  if (collections > 0) throw new Error('Something was collected while it was counted.');
  // The least object takes 16 bytes; what is below one byte is from looking.
  return Math.max(0, Math.round(grown / rounds));
}
