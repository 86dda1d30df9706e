import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditResult } from '@cors/conformance';
import { describe, expect, it } from 'vitest';
import { readKnownFailing } from '../../packages/conformance/src/known-failing.js';
import { entryOf, type Entry } from '../scoreboard/entry.js';
import { scoreboardPage } from '../scoreboard/page.js';
import { folderOf, targetDescriptions } from '../scoreboard/targets.js';
import { missingCommands } from '../scoreboard/toolchain.js';
import { readText } from './documents.js';

const entries = JSON.parse(readText('docs/scoreboard.json')) as readonly Entry[];
const descriptions = targetDescriptions();
const thirdParties = descriptions.filter(({ isOurs }) => !isOurs);

const result: AuditResult = {
  id: 'area/one',
  title: 'One is demanded',
  level: 'must',
  basis: 'fetch',
  clause: 'https://fetch.spec.whatwg.org/#cors-protocol',
  why: 'It hurts.',
  scenario: 'listed',
  outcome: 'failed',
  durationMs: 12,
  problems: ['the status should be 200 at http://127.0.0.1:43121/'],
  exchanges: [
    { request: { method: 'GET', path: '/before', headers: [] } },
    {
      request: { method: 'GET', path: '/ok', headers: [['Origin', `https://${'a'.repeat(200)}`]] },
      response: {
        status: 500,
        headers: [
          ['Date', 'Thu, 26 Nov 2026 21:00:00 GMT'],
          ['Vary', 'Accept'],
          ['Location', 'http://127.0.0.1:43121/ok'],
        ],
        body: 'long',
        interim: [],
      },
      isAtFault: true,
    },
    { request: { method: 'GET', path: '/after', headers: [] } },
  ],
  exchangesLeftOut: 0,
  missing: [],
};
const described = { id: 'x', language: 'Go', documentation: 'https://x.example', isOurs: false };

describe('an entry', () => {
  it('shows the exchange at fault, without what differs from run to run', () => {
    const { failures } = entryOf(described, { target: 'x 1', results: [result] });
    expect(failures).toEqual([
      {
        id: 'area/one',
        title: 'One is demanded',
        level: 'must',
        basis: 'fetch',
        problems: ['the status should be 200 at http://127.0.0.1/'],
        exchange: [
          '> GET /ok',
          `> Origin: https://${'a'.repeat(92)}… (108 more characters)`,
          '< 500',
          '< Vary: Accept',
          '< Location: http://127.0.0.1/ok',
        ],
      },
    ]);
  });

  it('shows an exchange once', () => {
    const results = [result, { ...result, id: 'area/two' }];
    const [, second] = entryOf(described, { target: 'x 1', results }).failures;
    expect(second).toMatchObject({ id: 'area/two', sameExchangeAs: 'area/one' });
    expect(second).not.toHaveProperty('exchange');
  });

  it('counts what is known to fail as failed, and what was not judged apart', () => {
    const results: AuditResult[] = [
      result,
      { ...result, outcome: 'known', reason: 'It does so.' },
      { ...result, outcome: 'error', problems: [], error: { origin: 'transport', message: 'no' } },
      { ...result, outcome: 'passed' },
      { ...result, outcome: 'not-expressible', reason: 'origin: it takes none.' },
      { ...result, outcome: 'skipped', missing: ['http2'] },
      { ...result, outcome: 'passed', basis: 'project', level: 'may' },
    ];
    const entry = entryOf(described, { target: 'x 1', results });
    expect(entry.counts).toEqual([
      { level: 'must', basis: 'fetch', passed: 1, failed: 3, notExpressible: 1, skipped: 1 },
      { level: 'may', basis: 'project', passed: 1, failed: 0, notExpressible: 0, skipped: 0 },
    ]);
    expect(entry.notExpressible).toEqual([
      { reason: 'origin: it takes none.', audits: ['area/one'] },
    ]);
    expect(entry.skipped).toEqual([{ reason: 'http2', audits: ['area/one'] }]);
  });
});

describe('the toolchain', () => {
  it('names what is not installed', () => {
    expect(missingCommands(['node', 'no-such-command'])).toEqual(['no-such-command']);
  });
});

describe('docs/scoreboard.md', () => {
  it('is written from docs/scoreboard.json: run `pnpm scoreboard`', () => {
    expect(readText('docs/scoreboard.md')).toBe(scoreboardPage(entries));
  });

  it('has every target, and no other', () => {
    expect(entries.map(({ id }) => id)).toEqual(descriptions.map(({ id }) => id));
  });

  it('has no failure of ours', () => {
    expect(entries.filter(({ isOurs }) => isOurs).flatMap(({ failures }) => failures)).toEqual([]);
  });
});

describe.each(thirdParties)('$id', (description) => {
  const { id, exec, module, name, language, documentation, toolchain } = description;
  const entry = entries.find((one) => one.id === id);

  it('says what it is and how it is run', () => {
    expect([name, language, documentation].every((text) => text !== '')).toBe(true);
    expect(toolchain).not.toEqual([]);
    expect([exec, module].filter((how) => how !== undefined)).toHaveLength(1);
    expect(existsSync(join(folderOf(description), 'README.md'))).toBe(true);
  });

  it('lists the failures that the scoreboard shows, each with its reason', async () => {
    const known = await readKnownFailing(join(folderOf(description), 'known-failing.json'));
    expect(known.target).toBe(entry?.name);
    const reasons = entry?.failures.map(({ id: audit, reason }) => ({ id: audit, reason }));
    expect(known.failing).toEqual(reasons);
  });
});
