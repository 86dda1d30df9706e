/**
 * Exchanges from a seed: `(seed, index)` names the same one everywhere and always.
 */
import type { Exchange } from './exchange.js';
import { Random } from './random.js';
import { redirectedSteps } from './redirected-exchange.js';
import { sequenceOfSteps } from './sequence-exchange.js';
import { singleStep } from './single-exchange.js';

/** That many exchanges, a few more than the half of them without redirects and cache. */
export function generateExchanges(seed: number, count: number): readonly Exchange[] {
  return Array.from({ length: count }, (_, index) => generateExchange(seed, index));
}

/** One of them. */
export function generateExchange(seed: number, index: number): Exchange {
  const id = `g${seed}-${index}`;
  const random = new Random(seed, index);
  const generate = random.weighted([
    [66, singleStep],
    [20, redirectedSteps],
    [14, sequenceOfSteps],
  ]);
  return { id, steps: generate(random, `/x/${id}`) };
}
