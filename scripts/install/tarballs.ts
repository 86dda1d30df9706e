/**
 * The packages as a registry would serve them.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The repository. */
export const root = join(import.meta.dirname, '../..');

/** The folders of the packages. */
export const packageFolders: readonly string[] = readdirSync(join(root, 'packages'));

/** What is read of a `package.json`. */
interface Manifest {
  readonly name: string;
}

/**
 * Packs every package, as `pnpm publish` would.
 *
 * @returns The path of each tarball by its package's name.
 */
export function packAll(folder: string): ReadonlyMap<string, string> {
  const tarballs = new Map<string, string>();
  for (const name of packageFolders) {
    const cwd = join(root, 'packages', name);
    if (!existsSync(join(cwd, 'dist'))) throw new Error(`${cwd} is not built: run \`pnpm build\`.`);
    const destination = join(folder, name);
    mkdirSync(destination, { recursive: true });
    execFileSync('pnpm', ['pack', '--pack-destination', destination], { cwd, stdio: 'ignore' });
    const [tarball = ''] = readdirSync(destination);
    const manifest = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')) as Manifest;
    tarballs.set(manifest.name, join(destination, tarball));
  }
  return tarballs;
}
