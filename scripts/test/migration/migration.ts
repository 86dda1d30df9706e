// A migration: thirty configurations of a peer and ours for the same purpose, and what tells them apart.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CorsConfigError, type CorsProblemCode } from '@cors/core';

import { compare, type Difference } from './compare.js';
import { PROBES, send } from './probes.js';

/** A deliberate difference. Its name is a heading of the page. */
export interface Kind {
  /** What our start-up says of options that were copied as they are. */
  readonly refuses?: readonly CorsProblemCode[];
  /** Whether it is the reason for a difference between two replies. No two kinds may both say so. */
  readonly explains?: (difference: Difference) => boolean;
}

/** What somebody has today, and what they write then. */
export interface Configuration<Name extends string, Before, After> {
  /** What it is for. */
  readonly name: string;
  readonly before: Before;
  /** Null where there is nothing to write: we refuse what it does. */
  readonly after: After | null;
  /** By name, exactly those that show. */
  readonly differences: readonly Name[];
}

/** A server that is not yet listening; the application in it calls `onHandled` in each handler. */
type MakeServer<Options> = (options: Options, onHandled: () => void) => Server | Promise<Server>;

/** One peer. */
export interface Migration<Name extends string = string, Before = unknown, After = unknown> {
  readonly peer: string;
  /** The page, from the repository's root. */
  readonly page: string;
  /** The file with the configurations, from the repository's root. */
  readonly file: string;
  readonly kinds: Readonly<Record<Name, Kind>>;
  readonly configurations: readonly Configuration<Name, Before, After>[];
  readonly theirs: MakeServer<Before>;
  readonly ours: MakeServer<After>;
}

/** What became of one configuration. */
export interface Outcome {
  /** What our start-up says of the peer's own options. */
  readonly refusals: readonly CorsProblemCode[];
  readonly differences: readonly Difference[];
}

/** Keeps the names of the kinds while it forgets the types of the options. */
export function migration<Name extends string, Before, After>(
  data: Migration<Name, Before, After>,
): Migration {
  return data as unknown as Migration;
}

/** Runs both sides. */
export async function play(
  { theirs, ours }: Migration,
  { before, after }: Configuration<string, unknown, unknown>,
): Promise<Outcome> {
  const refusals = await refusalsOf(() => ours(before, () => undefined));
  if (after === null) return { refusals, differences: [] };
  const [their, our] = [await start(theirs, before), await start(ours, after)];
  try {
    const differences: Difference[] = [];
    for (const probe of PROBES) {
      const [theirReply, ourReply] = [await their.send(probe), await our.send(probe)];
      differences.push(...compare(probe, theirReply, ourReply));
    }
    return { refusals, differences };
  } finally {
    await Promise.all([their.close(), our.close()]);
  }
}

/** The names of the kinds that explain a difference: exactly one, if all is right. */
export function reasonsFor(kinds: Migration['kinds'], difference: Difference): readonly string[] {
  return Object.keys(kinds).filter((name) => kinds[name]?.explains?.(difference) === true);
}

/** The names of the kinds that stand for a refusal. */
export function reasonsForRefusal(
  kinds: Migration['kinds'],
  code: CorsProblemCode,
): readonly string[] {
  return Object.keys(kinds).filter((name) => kinds[name]?.refuses?.includes(code) === true);
}

async function refusalsOf(make: () => Server | Promise<Server>): Promise<CorsProblemCode[]> {
  try {
    await make();
    return [];
  } catch (error) {
    if (!(error instanceof CorsConfigError)) throw error;
    return [...new Set(error.problems.map(({ code }) => code))];
  }
}

async function start<Options>(make: MakeServer<Options>, options: Options) {
  let handled = false;
  const handledSince = (): boolean => {
    const before = handled;
    handled = false;
    return before;
  };
  const server = await make(options, () => {
    handled = true;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    send: (probe: (typeof PROBES)[number]) => send(port, probe, handledSince),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
