import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('the table of ancestors is what the script makes of the installed public-suffix data', () => {
  const script = join(import.meta.dirname, '../scripts/generate-public-suffix-ancestors.ts');
  const said = execFileSync(process.execPath, ['--import', 'tsx', script, '--check'], {
    encoding: 'utf8',
  });
  expect(said).toContain('up to date');
}, 60_000);
