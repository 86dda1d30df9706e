/**
 * What CI holds: that nothing has come to grow with its input, or to cost many times what it did.
 *
 * Compared are ratios of CPU times within one run with those that are kept. On a busy machine such a ratio
 * mostly moves by less than a factor of two; what this is for (a scan of the list, a check that goes through all
 * of a hostile value, a policy rebuilt on each request) moves it by ten to a thousand. So a ratio may be
 * three times the one that is kept. Microseconds are for `pnpm bench`, by hand.
 */
import { type Group, type Measured, median } from './group.js';
import { nameOf } from './results.js';

const TOLERANCE = 3;
/** Bytes are not times, yet they depend on what the optimiser leaves out. */
const TOLERANCE_IN_BYTES = 1.5;
/** Half as much again as nothing is nothing; an average may be off by a byte, and no object is as small. */
const FEWER_THAN_AN_OBJECT = 4;
/** Enough for a median of ratios that far apart. */
export const GUARD_PROCESSES = 3;

interface Guarded {
  /** The kind that the others are compared with. */
  readonly base: string;
  /** Where not all are meant. */
  readonly kinds?: readonly string[];
  /** What a ratio may come to whatever is kept: 1 where nothing is said, as good as the base. */
  readonly room?: number;
}

const GUARDED: Readonly<Record<string, Guarded>> = {
  'decide: core, exact origins': { base: '1', kinds: ['1', '10000', '1000000'] },
  // Those are found among the ones that were granted before; these are looked for in the list.
  'decide: core, exact origins, others asked for': { base: '1', kinds: ['1', '10000', '1000000'] },
  'decide: core, patterns': { base: '1', kinds: ['1', '10000', '100000'] },
  'decide: core, labels of the host': { base: '1' },
  'decide: core, requests': { base: 'allowed' },
  // From process to process a kind takes 2 µs or 16, so that a few may come to more than the base's 13. The
  // bar is 3, and what reads a hostile value to its end takes hundreds.
  'hostile: node, time': { base: 'normal preflight', room: 2 },
  'start-up: core, building a million origins, time': { base: 'new Set' },
  'start-up: core, building a million origins, memory': { base: 'new Set' },
  'adapters: koa, 100,000 origins': { base: 'peer', kinds: ['peer', 'ours'] },
  'adapters: hono, 100,000 origins': { base: 'peer', kinds: ['peer', 'ours'] },
};

const GUARDED_BYTES = ['hostile: node, bytes sent back', 'garbage: core, decisions'];

/** The groups that are guarded, with the kinds that are looked at. */
export function guardedGroups(groups: readonly Group[]): Group[] {
  return groups.flatMap((group) => {
    const name = nameOf(group);
    if (GUARDED_BYTES.includes(name)) return [group];
    const guarded = GUARDED[name];
    if (guarded === undefined) return [];
    const { kinds } = guarded;
    return [{ ...group, kinds: group.kinds.filter((kind) => kinds?.includes(kind.name) ?? true) }];
  });
}

/** What grew, in words; none when all is well. */
export function complaints(measured: Measured, kept: Measured): string[] {
  const name = nameOf(measured);
  const { base, room = 1 } = GUARDED[name] ?? {};
  return Object.keys(measured.samples).flatMap((kind) => {
    const value = (group: Measured): number =>
      base === undefined ? median(group, kind) : median(group, kind) / median(group, base);
    const limit = value(kept) * (base === undefined ? TOLERANCE_IN_BYTES : TOLERANCE);
    // A ratio below one says that something is better than its base, and may be as good.
    const allowed = Math.max(limit, base === undefined ? FEWER_THAN_AN_OBJECT : room);
    if (value(measured) <= allowed) return [];
    const what = base === undefined ? 'bytes' : `times ${base}`;
    return [`${name}, ${kind}: ${value(measured)} ${what}, at most ${allowed}.`];
  });
}
