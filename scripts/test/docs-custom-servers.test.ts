import { registerAudits, runAudits, type Target } from '@cors/conformance';
import { describe, expect, it } from 'vitest';

import { readText } from './documents.js';
import { runSample } from './run-sample.js';
import { nameOf, samplesIn } from './samples.js';

const page = samplesIn('docs/custom-servers.md', readText('docs/custom-servers.md'));
const sample = page.find((one) => nameOf(one) === 'target.ts');
const { exports } = await runSample(sample!, page);
const target = exports['target'] as Target;

// The adapter of the page, as the page judges it.
registerAudits({ describe, it }, target);

describe('the target', () => {
  it('is capable of what most of the suite asks for', async () => {
    const { counts } = await runAudits(target, { filter: ['exact', 'origins', 'refused-options'] });
    expect(counts).toMatchObject({ failed: 0, error: 0 });
    expect(counts.passed).toBeGreaterThan(4 * counts.skipped);
  });
});
