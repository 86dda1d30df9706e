/**
 * The lists of guards against the sources: one that stands nowhere any more, or twice, would take nothing
 * away. Whether the tests notice is for `pnpm guards` to say, which takes most of an hour.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BROWSER_GUARDS } from '../guards/browser-guards.js';
import { GUARDS } from '../guards/guards.js';

const root = join(import.meta.dirname, '../..');

it('each guard stands in its file, and once', () => {
  const astray = [...GUARDS, ...BROWSER_GUARDS].filter(
    ({ file, find }) => readFileSync(join(root, file), 'utf8').split(find).length !== 2,
  );
  expect(astray).toEqual([]);
});

it('no guard is there twice, and each changes something', () => {
  const all = [...GUARDS, ...BROWSER_GUARDS];
  const texts = all.map(({ file, find, replace }) => JSON.stringify([file, find, replace]));
  expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  expect(all.filter(({ find, replace }) => find === replace)).toEqual([]);
});
