// Writes the tables of configurations into the pages about moving from other packages. A test fails
// where one is not up to date: `pnpm generate:migration`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { readText, root } from './test/documents.js';
import { migrations } from './test/migration/migrations.js';
import { renderTable, withTable } from './test/migration/page.js';

for (const migration of migrations) {
  const { page } = migration;
  writeFileSync(join(root, page), withTable(readText(page), renderTable(migration)));
}
