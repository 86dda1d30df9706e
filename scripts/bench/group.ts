/**
 * What is measured: groups of kinds that are compared with one another. Each sample of a kind is one
 * number that a process of its own prints, or several by their names: the parts that make it up, or kinds
 * that take turns within one round.
 */
import type { Estimate } from './statistics.js';
import { differences, estimate, ratios } from './statistics.js';

/** One of the things that a group compares. */
export interface Kind {
  readonly name: string;
  /** The script that prints a sample, from `scripts/bench`, without its extension; and its arguments. */
  readonly script: string;
  readonly parameters: readonly string[];
  readonly nodeOptions?: readonly string[];
}

export const PARTS = [
  'decide',
  'adapters',
  'sockets',
  'profile',
  'start-up',
  'hostile',
  'size',
  'garbage',
] as const;
export type Part = (typeof PARTS)[number];

export interface Group {
  readonly part: Part;
  /** The framework, or what else is looked at. */
  readonly subject: string;
  readonly scenario: string;
  readonly unit: 'ns' | 'µs' | 'ms' | 'MB' | 'bytes' | 'requests/s';
  readonly kinds: readonly Kind[];
  /** Where a sample is not a time: the same every time. */
  readonly isExact?: boolean;
}

/** A group with the samples of its kinds; the n-th of each come from the same round. */
export interface Measured extends Omit<Group, 'kinds' | 'isExact'> {
  readonly samples: Readonly<Record<string, readonly number[]>>;
}

/** The name that a part of a kind's samples has among them. */
export function partOf(kind: string, part: string): string {
  return `${kind}: ${part}`;
}

function samplesOf({ samples, subject, scenario }: Measured, kind: string): readonly number[] {
  const own = samples[kind];
  if (own === undefined) throw new Error(`No samples of ${kind} for ${subject}, ${scenario}.`);
  return own;
}

export function median(group: Measured, kind: string): number {
  return estimate(samplesOf(group, kind)).median;
}

/** How much more the one is than the other. */
export function difference(group: Measured, kind: string, other: string): Estimate {
  return estimate(differences(samplesOf(group, kind), samplesOf(group, other)));
}

/** How many times the other the one is. */
export function ratio(group: Measured, kind: string, other: string): Estimate {
  return estimate(ratios(samplesOf(group, kind), samplesOf(group, other)));
}

/** How many times the other's overhead over a base the one's is. */
export function overheadRatio(
  group: Measured,
  kind: string,
  other: string,
  base: string,
): Estimate {
  const over = (each: string): number[] =>
    differences(samplesOf(group, each), samplesOf(group, base));
  return estimate(ratios(over(kind), over(other)));
}
