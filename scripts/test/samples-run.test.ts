import { describe, expect, it } from 'vitest';

import { markdownFiles, readText } from './documents.js';
import { runSample } from './run-sample.js';
import { samplesIn } from './samples.js';

const pages = markdownFiles.map((file) => samplesIn(file, readText(file)));
const samples = pages.flatMap((page) =>
  page.filter(({ runs }) => runs).map((sample) => ({ sample, page })),
);

describe('a sample marked `run`', () => {
  it.each(samples.map((one) => [`${one.sample.file}:${String(one.sample.line)}`, one] as const))(
    'prints what its comments say: %s',
    async (_, { sample, page }) => {
      expect(sample.language).toBe('ts');
      const { printed, exports } = await runSample(sample, page);
      expect(printed.map(({ line, printed: text }) => `${line}: ${text}`)).toEqual(
        printed.map(({ line, stated }) => `${line}: ${stated}`),
      );
      for (const { line, printed: text } of printed) expect(text, `line ${line}`).not.toBe('');
      // One that prints nothing, and that no test can get hold of, would show nothing by running.
      expect(printed.length + Object.keys(exports).length).toBeGreaterThan(0);
    },
  );
});

describe('the runner', () => {
  const ran = async (code: string) => runSample({ code, line: 1 });

  it('notes each call with its comment, in whatever order they come', async () => {
    const { printed, exports } = await ran(`import { createCors } from '@cors/core';
import { isIP } from 'node:net';

const later = (text: string) => console.log(text); // third
console.log(isIP('::1')); // 6
console.log(createCors({ origin: '*' }).decide({ method: 'GET', headers: {} }).headers);
// { 'Access-Control-Allow-Origin': '*' }
for (const each of ['a', 'b']) {
  console.log('%s:', each);
  // a:
  // b:
}
await Promise.resolve();
later('third');

export const answer = 42;
`);
    expect(printed).toEqual([
      { line: 4, stated: 'third', printed: 'third' },
      { line: 5, stated: '6', printed: '6' },
      {
        line: 6,
        stated: "{ 'Access-Control-Allow-Origin': '*' }",
        printed: "{ 'Access-Control-Allow-Origin': '*' }",
      },
      { line: 9, stated: 'a:\nb:', printed: 'a:\nb:' },
    ]);
    expect(exports['answer']).toBe(42);
  });

  it('shows a wrong comment, a missing one, and a call that was never made', async () => {
    const { printed } = await ran(`console.log(1); // 2
console.log(3);
if (false) console.log(4); // 4
`);
    expect(printed).toEqual([
      { line: 1, stated: '2', printed: '1' },
      { line: 2, stated: '', printed: '3' },
      { line: 3, stated: '4', printed: '' },
    ]);
  });

  it("throws a sample's error", async () => {
    await expect(ran("throw new Error('in the sample');")).rejects.toThrow('in the sample');
  });
});
