// Packs each package as `pnpm publish` would, and asks publint and attw (Are the types wrong?) about
// the tarball: what a user installs, not what lies in the folder. Needs a build.
//   pnpm check:packages [folder…]     all of packages/ if none is named
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pack, packageFolders, root } from './install/tarballs.js';

const named = process.argv.slice(2);
const folders = named.length > 0 ? named : packageFolders;

for (const folder of folders) {
  const destination = mkdtempSync(join(tmpdir(), 'cors-pack-'));
  try {
    console.log(`\npackages/${folder}`);
    const tarball = pack(folder, destination);
    for (const [tool, ...options] of [['publint', '--strict'], ['attw']] as const) {
      execFileSync(tool, [tarball, ...options], { cwd: root, stdio: 'inherit' });
    }
  } catch (error) {
    // The tool has said what is wrong; the next package may have something to say too.
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    rmSync(destination, { recursive: true });
  }
}
