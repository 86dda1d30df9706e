/**
 * The declarations for CommonJS, after a build: h3 is an ES module only, and a CommonJS declaration may name
 * its types only with this attribute, which the build's bundler of declarations drops.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(import.meta.dirname, '../dist/index.d.cts');
const before = readFileSync(file, 'utf8');
const after = before.replace(
  /^import (\{[^}]*\}) from 'h3';$/m,
  "import type $1 from 'h3' with { 'resolution-mode': 'import' };",
);
if (after === before) throw new Error(`${file} imports nothing from h3.`);
writeFileSync(file, after);
