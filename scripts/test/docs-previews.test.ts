import { runInThisContext } from 'node:vm';

import { describe, expect, it } from 'vitest';

import { readText } from './documents.js';

const rows = Array.from(
  readText('docs/preview-deployments.md').matchAll(/^\| `(\/.*\/)` \| `([^`]+)` \|$/gm),
  ([, expression, origin]) => [expression!.replaceAll('\\|', '|'), origin!] as const,
);

describe('the mistakes of the page about previews', () => {
  it('are found', () => {
    expect(rows.length).toBe(5);
  });

  it.each(rows)('%s lets in %s', (expression, origin) => {
    expect((runInThisContext(expression) as RegExp).test(origin)).toBe(true);
  });
});
