/**
 * Prints docs/blocked.md: the commonest failures, what `@cors/browser` says of each, and what the
 * consoles of Chromium and Firefox say.
 *
 *     pnpm blocked
 *     pnpm blocked --write      puts it into docs/blocked.md, and the tables into docs/browser.md
 *     pnpm blocked --record     asks the browsers again before that
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';

import { installBrowsers } from '../browsers/install.js';
import { readText, root } from '../test/documents.js';
import { storedMessages, storeMessages } from './console-messages.js';
import { renderPage } from './page.js';
import { recordMessages } from './record.js';
import { withTables } from './tables.js';

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
  },
});

if (values.record) {
  installBrowsers(['chromium', 'firefox']);
  storeMessages(await recordMessages());
}
const page = await renderPage(storedMessages());
if (values.write) {
  writeFileSync(join(root, 'docs/blocked.md'), page);
  writeFileSync(join(root, 'docs/browser.md'), withTables(readText('docs/browser.md')));
} else {
  process.stdout.write(page);
}
