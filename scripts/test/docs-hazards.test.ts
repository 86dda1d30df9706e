import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { audits } from '@cors/conformance';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/hazards.md'), 'utf8');
const ids: readonly string[] = audits.map(({ id }) => id);

describe('docs/hazards.md', () => {
  it('names every audit, and no other', () => {
    const named = new Set(page.match(/(?<=`)[a-z0-9-]+\/[a-z0-9-]+(?=`)/g));
    expect([...named].sort()).toEqual([...ids].sort());
  });

  const quoted = [
    ...page.matchAll(/`((?:packages|examples)\/[^`]+\.ts)`(?:: ((?:"[^"]+"(?:, )?)+))?/g),
  ];

  it('names tests', () => {
    expect(quoted.length).toBeGreaterThan(10);
  });

  it.each(quoted.map(([, file = '', titles = '']) => [file, titles]))(
    '%s has %s',
    (file, titles) => {
      expect(existsSync(join(root, file))).toBe(true);
      const source = readFileSync(join(root, file), 'utf8').replaceAll("\\'", "'");
      for (const [, title = ''] of titles.matchAll(/"([^"]+)"/g)) expect(source).toContain(title);
    },
  );
});
