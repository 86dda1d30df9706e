/**
 * What is measured is what users run: the packages and these scripts as plain JavaScript. (`tsx`, which
 * starts them otherwise, has each function named once more whenever it is made.)
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/** Below `node_modules`, so that the scripts find the packages that the root depends on. */
const COMPILED = join(root, 'node_modules/.cache/bench');

const PACKAGES = ['core', 'node', 'express', 'koa', 'fastify', 'fetch', 'hono'];

/** Compiles, and says where the scripts lie. */
export async function compile(): Promise<string> {
  const common = { format: 'esm', target: 'node20', logLevel: 'warning' } as const;
  // As `pnpm build` does, but for the declarations, which take most of its time.
  for (const name of PACKAGES) {
    const folder = join(root, 'packages', name);
    await build({
      ...common,
      entryPoints: [join(folder, 'src/index.ts')],
      outfile: join(folder, 'dist/index.js'),
      bundle: true,
      packages: 'external',
    });
  }
  rmSync(COMPILED, { recursive: true, force: true });
  const scripts = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  await build({
    ...common,
    entryPoints: scripts
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(import.meta.dirname, name)),
    outbase: import.meta.dirname,
    outdir: COMPILED,
  });
  return COMPILED;
}
