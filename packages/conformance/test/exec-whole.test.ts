import { join } from 'node:path';
import { expect, test } from 'vitest';

import { execTarget } from '../src/exec-target.js';
import { runAudits } from '../src/runner.js';
import { nodeHttp1 } from './targets/node-http1.js';

const root = join(import.meta.dirname, '..');
const COMMAND = `"${process.execPath}" --conditions=@cors/source --import tsx test/fixtures/exec-node.ts`;

// Areas with each kind of scenario, and with a server that is swapped, refuses, and notes decisions.
const filter = [
  'vary',
  'chosen-policies',
  'reconfigure',
  'decisions',
  'refused-options/all-problems-at-once',
];

test('an adapter passes as a command what it passes in this process', async () => {
  const target = await execTarget(COMMAND, { cwd: root, timeoutMs: 60_000 });
  const [asCommand, here] = [
    await runAudits(target, { filter, timeoutMs: 60_000 }),
    await runAudits(nodeHttp1, { filter }),
  ];
  expect(asCommand.problems).toEqual([]);
  expect(asCommand.target).toBe(nodeHttp1.name);
  const outcomes = (report: typeof here): unknown[] =>
    report.results.map(({ id, outcome, problems }) => ({ id, outcome, problems }));
  const expected = outcomes(here).map((one) => ({
    ...(one as object),
    // The one audit that looks at a JavaScript error.
    ...((one as { id: string }).id === 'refused-options/all-problems-at-once' && {
      outcome: 'skipped',
    }),
  }));
  expect(outcomes(asCommand)).toEqual(expected);
  expect(asCommand.counts.passed).toBeGreaterThan(20);
}, 120_000);
