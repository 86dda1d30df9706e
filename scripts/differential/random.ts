/**
 * Random choices that are the same everywhere for the same seed.
 *
 * Its own few lines, and not a library: a release of fast-check may change what a seed gives, and
 * `(seed, index)` must name the same exchange for years.
 */

/** One stream of choices. */
export class Random {
  private state: number;

  constructor(...seeds: readonly number[]) {
    // Neighbouring seeds must not give similar streams.
    this.state = seeds.reduce(
      (state, seed) => mix(state ^ Math.imul(seed, 0x9e3779b1)),
      0x6a09e667,
    );
  }

  /** At least 0, below `end`. */
  below(end: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    return Math.floor((mix(this.state) / 2 ** 32) * end);
  }

  /** True that many times of a hundred. */
  chance(percent: number): boolean {
    return this.below(1000) < percent * 10;
  }

  /** One of them. */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  }

  /** One of them, each as often as its weight says. */
  weighted<Item>(items: readonly (readonly [weight: number, item: Item])[]): Item {
    let left = this.below(items.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, item] of items) {
      if (left < weight) return item;
      left -= weight;
    }
    throw new Error('There is nothing to pick from.');
  }

  /** Some of them, each at most once, in any order. */
  some<Item>(items: readonly Item[], count: number): Item[] {
    const left = [...items];
    return Array.from({ length: Math.min(count, left.length) }, () => {
      const [item] = left.splice(this.below(left.length), 1);
      return item as Item;
    });
  }
}

/** The finalizer of MurmurHash3: every bit of the input changes half of the output's. */
function mix(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
