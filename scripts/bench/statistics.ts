/**
 * Medians, and how sure they are. Nothing is assumed of how the samples are distributed: CPU times have
 * long tails.
 */

/** A median with the interval that holds the true one with a confidence of at least 95 %. */
export interface Estimate {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The median of samples and its interval between two of them (order statistics): how many samples lie
 * below the true median is binomial, each with probability one half. With nine samples the interval is
 * from the second to the last but one, at 96 %; with fewer than six it is from the least to the greatest,
 * and its confidence is lower.
 *
 * @see https://www.itl.nist.gov/div898/handbook/prc/section2/prc264.htm
 */
export function estimate(samples: readonly number[]): Estimate {
  const sorted = [...samples].sort((a, b) => a - b);
  const count = sorted.length;
  const cut = excludedAtEachEnd(count);
  const at = (index: number): number => sorted[index] ?? NaN;
  return {
    median: (at(Math.floor((count - 1) / 2)) + at(Math.ceil((count - 1) / 2))) / 2,
    low: at(cut),
    high: at(count - 1 - cut),
  };
}

/** How many samples may be left out at each end so that 95 % remain between. */
function excludedAtEachEnd(count: number): number {
  let exactly = 0.5 ** count;
  let atMost = exactly;
  for (let below = 0; ; below += 1) {
    exactly *= (count - below) / (below + 1);
    atMost += exactly;
    if (atMost > 0.025) return below;
  }
}

/** Sample by sample, what one has more than the other: both come from the same round. */
export function differences(a: readonly number[], b: readonly number[]): number[] {
  return a.map((each, index) => each - (b[index] ?? NaN));
}

/** Sample by sample, how many times the other one is. */
export function ratios(a: readonly number[], b: readonly number[]): number[] {
  return a.map((each, index) => each / (b[index] ?? NaN));
}
