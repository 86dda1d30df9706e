/**
 * Whether a page can be used by everybody, as far as axe-core can tell.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { SitePage } from './site-browser.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly string[] }[];
}

/** What is violated, in words. */
export async function violationsOf(page: SitePage): Promise<readonly string[]> {
  await page.evaluate(`${axe}; undefined`);
  const found = await page.evaluate<readonly Violation[]>(
    'axe.run().then(({ violations }) => violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ target }) => ({ target })) })))',
  );
  return found.map(
    ({ id, help, nodes }) =>
      `${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join(', ')})`,
  );
}
