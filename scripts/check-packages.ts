// Packs each package as `pnpm publish` would, and asks publint and attw (Are the types wrong?) about
// the tarball: what a user installs, not what lies in the folder. Needs a build.
//   pnpm check:packages [folder…]     all of packages/ if none is named
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname, '..');
const named = process.argv.slice(2);
const folders = named.length > 0 ? named : readdirSync(join(root, 'packages'));

for (const folder of folders) {
  const destination = mkdtempSync(join(tmpdir(), 'cors-pack-'));
  try {
    const cwd = join(root, 'packages', folder);
    console.log(`\npackages/${folder}`);
    execFileSync('pnpm', ['pack', '--pack-destination', destination], { cwd });
    const [tarball] = readdirSync(destination);
    if (tarball === undefined) throw new Error('pnpm pack wrote no tarball');
    for (const [tool, ...options] of [['publint', '--strict'], ['attw']] as const) {
      execFileSync(tool, [join(destination, tarball), ...options], { cwd: root, stdio: 'inherit' });
    }
  } catch (error) {
    // The tool has said what is wrong; the next package may have something to say too.
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    rmSync(destination, { recursive: true });
  }
}
