// The pages about moving from other packages: both sides run, and what differs is what the page says.
import process from 'node:process';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { readMarkdown, readText } from './documents.js';
import { compare, describeDifference, type Difference } from './migration/compare.js';
import { play, reasonsFor, reasonsForRefusal } from './migration/migration.js';
import { migrations } from './migration/migrations.js';
import { renderTable, tableOf } from './migration/page.js';
import { PROBES, type Reply } from './migration/probes.js';

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

describe.each(migrations)('from $peer', (migration) => {
  const { kinds, configurations, page } = migration;
  const names = Object.keys(kinds);

  it('has thirty configurations, of different names', () => {
    expect(configurations.length).toBeGreaterThanOrEqual(30);
    expect(new Set(configurations.map(({ name }) => name)).size).toBe(configurations.length);
  });

  it.each(configurations.map((configuration) => [configuration.name, configuration] as const))(
    '%s: differs as the page says, and in nothing else',
    async (_, configuration) => {
      const { refusals, differences } = await play(migration, configuration);
      const reasons = [
        ...refusals.map((code) => [code, reasonsForRefusal(kinds, code)] as const),
        ...differences.map((each) => [describeDifference(each), reasonsFor(kinds, each)] as const),
      ];
      expect(reasons.filter(([, found]) => found.length !== 1)).toEqual([]);
      const shown = new Set(reasons.flatMap(([, found]) => found));
      expect(configuration.differences).toEqual(names.filter((name) => shown.has(name)));
      if (configuration.after === null) expect(refusals).not.toEqual([]);
    },
  );

  it('has no difference that does not show', () => {
    const expected = new Set(configurations.flatMap(({ differences }) => differences));
    expect(names.filter((name) => !expected.has(name))).toEqual([]);
  });

  it('has a page with a heading for each difference, and no other', () => {
    const { sections } = readMarkdown(readText(page));
    const third = sections.filter(({ level }) => level === 3);
    expect(third.map(({ title }) => title)).toEqual(names);
    for (const { title, prose } of third) {
      expect(prose.trim().split(/\s+/).length, title).toBeGreaterThan(25);
    }
  });

  it('has a page with the configurations that ran', () => {
    expect(tableOf(readText(page))).toBe(renderTable(migration));
  });

  it('has a page that says how many there are', () => {
    const [, ...said] = /(\d+)\s+configurations,\s+(\d+)\s+requests/.exec(readText(page)) ?? [];
    expect(said).toEqual([String(configurations.length), String(PROBES.length)]);
  });
});

describe('the comparison', () => {
  const reply: Reply = { status: 200, handled: true, body: '', fields: new Map([['vary', 'a']]) };
  const differences = (ours: Partial<Reply>): readonly Difference[] =>
    compare(PROBES[1]!, reply, { ...reply, ...ours });

  it('finds nothing where nothing differs', () => {
    expect(differences({})).toEqual([]);
  });

  it('finds each part that differs', () => {
    const fields = new Map([['x-other', '1']]);
    const found = differences({ status: 201, handled: false, body: 'b', fields });
    expect(found.map(({ what }) => what)).toEqual(['status', 'handled', 'body', 'vary', 'x-other']);
  });

  it('has no reason for what no page lists', () => {
    for (const { kinds } of migrations) {
      for (const fields of [
        new Map([...reply.fields, ['x-other', '1']]),
        new Map([...reply.fields, ['access-control-allow-origin', 'https://other.example']]),
      ]) {
        const [difference] = differences({ fields });
        expect(reasonsFor(kinds, difference!)).toEqual([]);
      }
    }
  });
});
