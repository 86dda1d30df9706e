// `cors lint --from`: what it makes of the options of other packages, played on both sides, as the pages about
// moving are.
import process from 'node:process';

import { convertOptions, type PeerName } from '@cors/cli';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { allDifferences } from '../../packages/cli/src/peer-differences.js';
import { DIFFERENCE_TEXTS } from '../../packages/cli/src/difference-texts.js';
import { describeDifference } from './migration/compare.js';
import { play, reasonsFor } from './migration/migration.js';
import { migrations } from './migration/migrations.js';

const PEERS: Readonly<Record<string, PeerName>> = {
  cors: 'cors',
  '@fastify/cors': '@fastify/cors',
  '@koa/cors': '@koa/cors',
  'hono/cors': 'hono',
};

const ALLOW_ORIGIN = 'access-control-allow-origin';

/** Whose function names another origin than the one that asks; that it may is a difference that is named. */
const ANSWERS: readonly string[] = ['a function that names a star'];

/** What a function will answer nobody knows, so these are named wherever there is one. */
const OF_FUNCTIONS: readonly string[] = [
  'predicates-return-true-or-false',
  'a-denied-origin-is-no-error',
  'vary-is-never-left-out',
  'request-headers-are-not-echoed',
  'nothing-is-sent-to-other-origins',
  'nothing-is-sent-without-an-origin',
  'null-is-not-granted',
  'error-replies-carry-the-headers',
  'plain-options-carry-the-headers',
];

/** Whose origins no probe comes from, so that nothing granted is seen. */
const UNPROBED: readonly string[] = [
  'the local machine, any port',
  'nobody, by an empty list',
  'an origin on plain HTTP, with credentials',
];
const OF_GRANTS: readonly string[] = [
  'a-204-has-no-content-length',
  'request-headers-are-not-echoed',
  'plain-options-carry-the-headers',
];

function isFunction(options: unknown): boolean {
  return options instanceof Object && 'origin' in options && typeof options.origin === 'function';
}

const converted = migrations
  .filter(({ peer }) => peer in PEERS)
  .map((migration) => ({ peer: PEERS[migration.peer]!, migration }));

// Handlers that fail and options that are warned about are part of it.
const listeners = process.listeners('warning');
beforeAll(() => {
  process.removeAllListeners('warning');
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterAll(() => {
  vi.restoreAllMocks();
  for (const listener of listeners) process.on('warning', listener);
});

it('knows every package that it has to', () => {
  expect(converted.map(({ peer }) => peer)).toEqual(['cors', '@fastify/cors', '@koa/cors', 'hono']);
});

describe.each(converted)('from $peer', ({ peer, migration }) => {
  const { kinds, configurations } = migration;

  it('has a text for each difference, which is one of the page', () => {
    for (const name of allDifferences(peer)) {
      expect(Object.keys(kinds)).toContain(name);
      expect(DIFFERENCE_TEXTS[name], name).toMatch(/\.$/);
    }
  });

  it.each(
    configurations
      // The options of a route of Fastify are a second set of options.
      .filter(({ before }) => !(before instanceof Object && 'plugin' in before))
      .map((configuration) => [configuration.name, configuration] as const),
  )('%s: means the same, but for the differences that are named', async (_, configuration) => {
    const { before } = configuration;
    const conversion = convertOptions(peer, before);
    if (conversion.options === null) {
      expect(conversion.reason).toMatch(/\.$/);
      // What has a counterpart, but by hand, says so.
      if (configuration.after !== null) expect(conversion.reason).toMatch(/policy|mount/);
      return;
    }
    const after = conversion.options;
    const { refusals, differences } = await play(migration, { ...configuration, after });
    const found = [
      ...refusals.map((code) =>
        Object.keys(kinds).filter((name) => kinds[name]?.refuses?.includes(code)),
      ),
      ...differences.map((each) => reasonsFor(kinds, each)),
    ];
    const unexplained = differences.filter((each) => reasonsFor(kinds, each).length === 0);
    const isOfAnswer = ANSWERS.includes(configuration.name);
    expect(
      unexplained
        .filter(({ what }) => !isOfAnswer || what !== ALLOW_ORIGIN)
        .map(describeDifference),
    ).toEqual([]);
    expect(unexplained.length > 0).toBe(isOfAnswer);
    const shown = [...new Set(found.flat())];
    expect(shown.filter((name) => !conversion.differences.includes(name))).toEqual([]);
    const unseen = conversion.differences.filter((name) => !shown.includes(name));
    const mayBeUnseen = isFunction(before)
      ? OF_FUNCTIONS
      : UNPROBED.includes(configuration.name)
        ? OF_GRANTS
        : [];
    expect(unseen.filter((name) => !mayBeUnseen.includes(name))).toEqual([]);
  });
});
