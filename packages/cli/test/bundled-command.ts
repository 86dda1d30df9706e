/**
 * The command in one file, from the sources: as people have it, and fast enough to be started a hundred
 * times.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = join(import.meta.dirname, '..');

/**
 * Puts it into a file.
 *
 * @param name - Of whoever starts it: two of them may run at once.
 * @returns The file's path.
 */
export function bundledCommand(name: string): string {
  // Below the package, so that its dependencies are found; ignored by git, since all of node_modules is.
  const folder = join(ROOT, 'node_modules/.cors-command');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.mjs`);
  buildSync({
    entryPoints: [join(ROOT, 'src/command/main.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@cors/source'],
    external: ['acorn', 'commander', 'jiti', 'picocolors'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  return file;
}
