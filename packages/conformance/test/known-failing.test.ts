import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

import { type AuditResult, countOutcomes, type RunReport } from '../src/audit-result.js';
import { audits } from '../src/audits/index.js';
import { HarnessError } from '../src/harness-error.js';
import { applyKnownFailing, readKnownFailing } from '../src/known-failing.js';
import { textReport } from '../src/report.js';
import { audit } from './support/targets.js';

const folder = mkdtempSync(join(tmpdir(), 'cors-known-failing-'));
afterAll(() => rmSync(folder, { recursive: true }));

function result(id: string, own: Partial<AuditResult>): AuditResult {
  const { title, level, basis, clause, why, scenario } = audit(id);
  return {
    ...{ id, title, level, basis, clause, why, scenario },
    ...{ outcome: 'passed', durationMs: 1, problems: [], exchanges: [], exchangesLeftOut: 0 },
    missing: [],
    ...own,
  };
}

const results: readonly AuditResult[] = [
  result('passes', {}),
  result('fails', { outcome: 'failed', problems: ['the status should be 204, but is 200'] }),
  result('fails/too', { outcome: 'failed' }),
  result('breaks', { outcome: 'error', error: { origin: 'transport', message: 'gone' } }),
  result('stuck', { outcome: 'error', error: { origin: 'target', message: 'no start' } }),
  result('lacks', { outcome: 'skipped', missing: ['http2', 'log'] }),
  result('unsaid', { outcome: 'not-expressible', reason: 'maxAge is fixed' }),
];
const report: RunReport = {
  target: 'a target',
  results,
  counts: countOutcomes(results),
  notRun: 0,
  problems: [],
  durationMs: 1,
};
const selectable = [...results, audit('unselected')];

const listing = (...ids: string[]) => ({
  target: 'a target',
  failing: ids.map((id) => ({ id, reason: `${id} is how it is` })),
});

describe('a list of known failures', () => {
  test('takes failures and broken connections out, and changes nothing else', () => {
    const before = structuredClone(report);
    const known = applyKnownFailing(report, listing('fails', 'breaks', 'stuck'), selectable);
    expect(known.counts).toEqual({
      passed: 1,
      failed: 1,
      known: 2,
      skipped: 1,
      'not-expressible': 1,
      error: 1,
    });
    expect(known.stale).toEqual([]);
    expect(known.results[1]).toEqual({
      ...results[1],
      outcome: 'known',
      reason: 'fails is how it is',
    });
    expect(known.results[4]).toEqual(results[4]);
    expect(report).toEqual(before);
    expect(textReport(known)).toContain('KNOWN TO FAIL: fails is how it is\n  fails\n');
    expect(textReport(known)).toMatch(/\n1 passed, 1 failed, 2 known to fail, 1 skipped, .*\n$/);
  });

  test.each([
    ['passes', 'the audit passes'],
    ['lacks', 'the audit is skipped: the target lacks http2, log'],
    ['unsaid', 'the audit is not judged, because its policy is not expressible: maxAge is fixed'],
    ['gone', 'there is no such audit'],
  ])('%s is stale', (id, why) => {
    const known = applyKnownFailing(report, listing(id), selectable);
    expect(known.stale).toEqual([{ id, why }]);
    expect(known.counts).toEqual(report.counts);
    expect(textReport(known)).toContain(`STALE ${id}: ${why}\n`);
  });

  test('an audit that was not selected says nothing, by default of the suite’s own', () => {
    expect(applyKnownFailing(report, listing('unselected'), selectable).stale).toEqual([]);
    const ids = audits.map(({ id }) => id);
    expect(applyKnownFailing(report, listing(...ids)).stale).toEqual([]);
    expect(applyKnownFailing(report, listing('unselected')).stale).toHaveLength(1);
  });
});

describe('a file of known failures', () => {
  const file = (text: string): string => {
    const path = join(folder, 'known-failing.json');
    writeFileSync(path, text);
    return path;
  };

  test('is read, with only what belongs in it', async () => {
    const entry = { id: 'vary/a', reason: 'It never varies.' };
    const path = file(JSON.stringify({ target: 'x 1.0', failing: [{ ...entry, since: 2020 }] }));
    expect(await readKnownFailing(path)).toEqual({ target: 'x 1.0', failing: [entry] });
  });

  test.each([
    ['', /cannot be read: .*JSON/],
    ['[]', /it should be \{"target": "name and version"/],
    ['{"failing": []}', /it should be/],
    ['{"target": "x", "failing": {}}', /it should be/],
    ['{"target": "x", "failing": [null]}', /entry 1 of "failing" should be/],
    [
      '{"target": "x", "failing": [{"id": "a", "reason": "b"}, {"id": "c", "reason": " "}]}',
      /entry 2/,
    ],
    [
      '{"target": "x", "failing": [{"id": "a", "reason": "b"}, {"id": "a", "reason": "c"}]}',
      /it lists a twice/,
    ],
  ])('%j is none', async (text, message) => {
    const reading = readKnownFailing(file(text));
    await expect(reading).rejects.toThrow(HarnessError);
    await expect(reading).rejects.toThrow(message);
  });

  test('that is not there is an error', async () => {
    const reading = readKnownFailing(join(folder, 'nowhere.json'));
    await expect(reading).rejects.toThrow(/nowhere\.json cannot be read: ENOENT/);
  });
});
