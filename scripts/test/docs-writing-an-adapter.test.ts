// The guide is followed to its end: its adapter passes, its first attempt fails as it says.
import { registerAudits, runAudits, type Target, textResult } from '@cors/conformance';
import { beforeAll, describe, expect, it } from 'vitest';

import { readText } from './documents.js';
import { runSample } from './run-sample.js';
import { nameOf, samplesIn } from './samples.js';

const FILE = 'docs/writing-an-adapter.md';
const text = readText(FILE);
const page = samplesIn(FILE, text);
const sample = page.find((one) => nameOf(one) === 'target.ts');
const { target, firstTarget } = (await runSample(sample!, page)).exports as Record<string, Target>;

/** What stands between two comments of the page. */
function between(name: string): string {
  const found = new RegExp(`<!-- ${name} -->\\n(.*?)\\n<!-- end of `, 's').exec(text);
  return found?.[1] ?? '';
}

// The last step's adapter, as the guide judges it.
registerAudits({ describe, it }, target!);

describe('the first attempt', () => {
  let failed: Awaited<ReturnType<typeof runAudits>>['results'];
  beforeAll(async () => {
    const { results, counts } = await runAudits(firstTarget!);
    expect(counts).toMatchObject({ error: 0 });
    failed = results.filter(({ outcome }) => outcome === 'failed');
  }, 120_000);

  it('fails the audits that the guide names', () => {
    const lines = (['must', 'should', 'may'] as const).map((level) => {
      const ids = failed.filter((one) => one.level === level).map(({ id }) => `\`${id}\``);
      return `- ${String(ids.length)} of the level \`${level}\`: ${ids.join(', ')}`;
    });
    expect(between('failures of the first adapter')).toBe(lines.join('\n'));
  });

  it('fails one of them as the guide shows', () => {
    const shown = failed.find(({ id }) => id === 'vary/handler-sets');
    const undated = (report: string): string => report.replace(/ GMT$|(?<=Date: ).*/gm, '');
    expect(undated(between('one failure'))).toBe(
      undated(`\`\`\`text\n${textResult(shown!)}\n\`\`\``),
    );
  });
});
