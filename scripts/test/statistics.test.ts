/** What the figures of docs/performance.md are made by. */
import { describe, expect, it } from 'vitest';
import { complaints } from '../bench/guard.js';
import type { Measured } from '../bench/group.js';
import { differences, estimate, ratios } from '../bench/statistics.js';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('the interval of a median', () => {
  // The table of the sign test: the greatest number below the interval's lower end.
  it.each([
    [1, 1, 1, 1],
    [2, 1.5, 1, 2],
    [5, 3, 1, 5],
    [6, 3.5, 1, 6],
    [8, 4.5, 1, 8],
    [9, 5, 2, 8],
    [11, 6, 2, 10],
    [12, 6.5, 3, 10],
    [20, 10.5, 6, 15],
    [25, 13, 8, 18],
  ])('of %i samples', (count, median, low, high) => {
    expect(estimate(upTo(count))).toEqual({ median, low, high });
    expect(estimate(upTo(count).reverse())).toEqual({ median, low, high });
  });
});

it('compares samples of the same round', () => {
  expect(differences([5, 7], [1, 2])).toEqual([4, 5]);
  expect(ratios([5, 7], [1, 2])).toEqual([5, 3.5]);
});

describe('the guard', () => {
  const group = (samples: Measured['samples'], scenario = 'exact origins'): Measured => ({
    part: 'decide',
    subject: 'core',
    scenario,
    unit: 'ns',
    samples,
  });
  const kept = group({ 1: [100], 1000000: [120] });

  it.each([
    ['the same', { 1: [100], 1000000: [120] }, 0],
    ['a busy machine, slower in all', { 1: [900], 1000000: [1500] }, 0],
    ['three times, and a little less', { 1: [100], 1000000: [359] }, 0],
    ['more than three times', { 1: [100], 1000000: [361] }, 1],
    ['a scan of the list', { 1: [100], 1000000: [2_000_000] }, 1],
  ])('%s', (_, samples, count) => {
    expect(complaints(group(samples), kept)).toHaveLength(count);
  });

  it('lets a hostile request cost twice what a normal one does, whatever it did', () => {
    const hostile = (time: number): Measured => ({
      ...group({ 'normal preflight': [10], 'names of 64 KB': [time] }, 'time'),
      part: 'hostile',
      subject: 'node',
    });
    expect(complaints(hostile(20), hostile(3))).toEqual([]);
    expect(complaints(hostile(21), hostile(3))).toHaveLength(1);
  });

  it('lets no object be allocated where none was', () => {
    const bytes = (denied: number): Measured => ({
      ...group({ denied: [denied] }, 'decisions'),
      part: 'garbage',
    });
    expect(complaints(bytes(0), bytes(0))).toEqual([]);
    expect(complaints(bytes(1), bytes(0))).toEqual([]);
    expect(complaints(bytes(8), bytes(0))).toHaveLength(1);
  });
});
