import { expect, test } from 'vitest';

import { type AuditResult, countOutcomes, type RunReport } from '../src/audit-result.js';
import { exitCodeOf } from '../src/command/exit-code.js';
import { audit } from './support/targets.js';

const result = (own: Partial<AuditResult>): AuditResult => {
  const { id, title, level, basis, clause, why, scenario } = audit('a');
  return {
    ...{ id, title, level, basis, clause, why, scenario, durationMs: 1 },
    ...{ outcome: 'passed', problems: [], exchanges: [], exchangesLeftOut: 0, missing: [] },
    ...own,
  };
};

const must = result({ outcome: 'failed' });
const should = result({ outcome: 'failed', level: 'should' });
const broken = result({ outcome: 'error', level: 'may' });
const quiet = (['passed', 'known', 'skipped', 'not-expressible'] as const).map((outcome) =>
  result({ outcome }),
);
const stale = [{ id: 'x', why: 'the audit passes' }];

test.each<[string, readonly AuditResult[], Partial<RunReport>, number]>([
  ['all is well', quiet, {}, 0],
  ['a should failed', [...quiet, should], { stale: [] }, 0],
  ['a must failed', [must], {}, 1],
  ['a must failed, beside everything else', [must, broken], { stale, problems: ['x'] }, 1],
  ['an audit could not be judged', [...quiet, broken], {}, 2],
  ['a server would not close', quiet, { problems: ['x'] }, 2],
  ['an error beside a stale entry', [broken], { stale }, 2],
  ['a stale entry', quiet, { stale }, 3],
  ['a stale entry beside a should', [should], { stale }, 3],
])('%s', (_name, results, own, code) => {
  const counts = countOutcomes(results);
  const report = { target: 'x', results, counts, notRun: 0, problems: [], durationMs: 1, ...own };
  expect(exitCodeOf(report)).toBe(code);
});
