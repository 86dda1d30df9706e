import { beforeAll, describe, expect, it } from 'vitest';

import { commentsIn, markdownFiles, readMarkdown, readText, sourceFiles } from './documents.js';
import { compileSamples, type Sample, samplesIn } from './samples.js';

/** Languages that are not compiled; `js` is also for what must not compile. */
const OTHER_LANGUAGES = ['js', 'json', 'sh', 'text', 'http', 'html', 'yaml'];

const blocks = [...sourceFiles, ...markdownFiles].flatMap((file) =>
  samplesIn(file, readText(file)),
);
const samples = blocks.filter(({ language }) => language === 'ts');

// What the compiler has to find, or else it was not asked.
const bad = `# A page

\`\`\`ts
import { createCors } from '@cors/core';

createCors({ origin: 'https://app.example.com' });
createCors({ origin: 'app.example.com' });
\`\`\`

\`\`\`js
createCors(nothing);
\`\`\`

\`\`\`ts
import { notThere } from '@cors/core';
import { createServer } from 'node:http';

const answer = await fetch(new URL('https://app.example.com'));
const status: string = answer.status;
createServer(().listen(notThere);
\`\`\`
`;
const badComment = `/** One line. */
export const one = 1;

/**
 * Says something.
 *
 * @example
 * \`\`\`ts
 * const two: string = 2;
 * \`\`\`
 */
export const two = 2;
`;
const badSamples = [
  ...samplesIn('docs/bad.md', bad),
  ...samplesIn('packages/core/src/bad.ts', badComment),
].filter(({ language }) => language === 'ts');

let found: ReadonlyMap<Sample, readonly string[]>;
beforeAll(() => {
  found = compileSamples([...samples, ...badSamples]);
}, 120_000);

describe('a sample', () => {
  it.each(samples.map((sample) => [`${sample.file}:${String(sample.line)}`, sample] as const))(
    'compiles: %s',
    (_, sample) => {
      expect(found.get(sample)).toEqual([]);
    },
  );

  it('is in TypeScript, or in a language that is not compiled', () => {
    const others = blocks
      .filter(({ language }) => language !== 'ts' && !OTHER_LANGUAGES.includes(language))
      .map(({ file, line, language }) => `${file}:${String(line)}: '${language}'`);
    expect(others).toEqual([]);
  });

  it('stands in every @example, fenced', () => {
    const without = sourceFiles.flatMap((file) =>
      commentsIn(readText(file))
        .filter(({ markdown }) => {
          const examples = markdown.match(/^@example\b/gm) ?? [];
          return readMarkdown(markdown).fences.length < examples.length;
        })
        .map(({ line }) => `${file}:${String(line)}`),
    );
    expect(without).toEqual([]);
  });
});

describe('the search for samples', () => {
  it('finds those in comments and those in Markdown', () => {
    const inComments = samples.filter(({ file }) => file.endsWith('.ts'));
    expect(inComments.length).toBeGreaterThanOrEqual(30);
    expect(samples.length - inComments.length).toBeGreaterThanOrEqual(4);
    for (const file of ['packages/core/src/cors.ts', 'docs/errors.md']) {
      expect(samples.map((sample) => sample.file)).toContain(file);
    }
  });

  it('finds each, with its line, and what the compiler says of it', () => {
    expect(badSamples.map(({ file, line }) => `${file}:${String(line)}`)).toEqual([
      'docs/bad.md:4',
      'docs/bad.md:15',
      'packages/core/src/bad.ts:9',
    ]);
    expect(badSamples.map((sample) => found.get(sample))).toEqual([
      [expect.stringMatching(/^docs\/bad\.md:7: .*has no scheme/s)],
      [
        expect.stringMatching(/^docs\/bad\.md:20: Expression expected/),
        expect.stringMatching(/^docs\/bad\.md:20: '\)' expected/),
        expect.stringMatching(/^docs\/bad\.md:15: .*no exported member 'notThere'/),
        expect.stringMatching(/^docs\/bad\.md:19: Type 'number' is not assignable/),
      ],
      [
        expect.stringMatching(
          /^packages\/core\/src\/bad\.ts:9: Type 'number' is not assignable to type 'string'/,
        ),
      ],
    ]);
  });

  it('refuses a fence that is never closed', () => {
    expect(() => samplesIn('docs/bad.md', '```ts\nconst one = 1;\n')).toThrow('never closed');
  });
});
