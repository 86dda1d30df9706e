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
 * Packs a package, as `pnpm publish` would.
 *
 * @returns The path of the tarball.
 */
export function pack(name: string, destination: string): string {
  const cwd = join(root, 'packages', name);
  if (!existsSync(join(cwd, 'dist'))) throw new Error(`${cwd} is not built: run \`pnpm build\`.`);
  mkdirSync(destination, { recursive: true });
  execFileSync('pnpm', ['pack', '--pack-destination', destination], { cwd, stdio: 'ignore' });
  const [tarball] = readdirSync(destination);
  if (tarball === undefined) throw new Error('pnpm pack wrote no tarball');
  return join(destination, tarball);
}

/**
 * Packs every package.
 *
 * @returns The path of each tarball by its package's name.
 */
export function packAll(folder: string): ReadonlyMap<string, string> {
  const tarballs = new Map<string, string>();
  for (const name of packageFolders) {
    const file = join(root, 'packages', name, 'package.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
    tarballs.set(manifest.name, pack(name, join(folder, name)));
  }
  return tarballs;
}
