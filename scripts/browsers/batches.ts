/**
 * Which exchanges are played together, and how many at a time.
 */
import type { Exchange } from '../differential/exchange.js';

/** Exchanges that one page plays in one call. */
export interface Batch {
  readonly exchanges: readonly Exchange[];
  readonly concurrency: number;
}

// Firefox remembers 100 preflights, and forgets the one that was longest unused: sequences, which live
// of what is remembered, go few at a time and with nothing else beside them.
const KINDS = [
  { name: 'single', size: 400, concurrency: 50 },
  { name: 'sequence', size: 200, concurrency: 10 },
  // All that wait, wait at once.
  { name: 'waiting', size: 24, concurrency: 24 },
] as const;

/** Cuts a run into batches. */
export function batchesOf(exchanges: readonly Exchange[]): readonly Batch[] {
  return KINDS.flatMap(({ name, size, concurrency }) => {
    const kind = exchanges.filter((exchange) => kindOf(exchange) === name);
    return Array.from({ length: Math.ceil(kind.length / size) }, (_, index) => ({
      exchanges: kind.slice(index * size, (index + 1) * size),
      concurrency,
    }));
  });
}

function kindOf({ steps }: Exchange): (typeof KINDS)[number]['name'] {
  if (steps.length === 1) return 'single';
  return steps.some(({ wait = 0 }) => wait > 0) ? 'waiting' : 'sequence';
}
