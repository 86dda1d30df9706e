/**
 * What a new user pastes: the first sample of each package's README.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './tarballs.js';

/** The sample of a package's README. It is TypeScript, and JavaScript as it stands. */
export function readmeSample(folder: string): string {
  const text = readFileSync(join(root, 'packages', folder, 'README.md'), 'utf8');
  const sample = /^```ts(?: run)?\n(.*?)^```/ms.exec(text)?.[1];
  if (sample === undefined) throw new Error(`packages/${folder}/README.md has no sample.`);
  return sample;
}

/** The sample in JavaScript on a page of the documentation that holds some text. */
export function pageSample(page: string, mark: string): string {
  const text = readFileSync(join(root, 'docs', page), 'utf8');
  const samples = Array.from(text.matchAll(/^```js\n(.*?)^```/gms), ([, sample = '']) => sample);
  const found = samples.find((sample) => sample.includes(mark));
  if (found === undefined) throw new Error(`docs/${page} has no sample with ${mark}`);
  return found;
}

/** The same on another port, since 3000 may be taken. */
export function onPort(sample: string, port: number): string {
  const moved = sample.replaceAll('3000', String(port));
  if (moved === sample) throw new Error(`The sample does not listen at 3000:\n${sample}`);
  return moved;
}
