/** How large a package is: bundled from its sources, minified, and compressed by gzip. */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** Counted with none of a package's sizes: the application has them anyway. */
const FRAMEWORKS = ['express', 'fastify', 'hono', 'koa', 'vitest'];

/**
 * The size in bytes.
 *
 * @param entry - The package's `src/index.ts`.
 * @param dependencies - Whether they are counted: ours, and those of others.
 */
export async function packageSize(
  entry: string,
  dependencies: 'without' | 'with',
): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    conditions: ['@cors/source'],
    // As a bundler for the web takes them, of a package that has both.
    mainFields: ['module', 'main'],
    ...(dependencies === 'without' ? { packages: 'external' } : { external: FRAMEWORKS }),
  });
  return gzipSync(outputFiles[0]?.contents ?? '').length;
}

/** The entry of a package in this repository. */
export function entryOf(root: string, name: string): string {
  return join(root, 'packages', name, 'src/index.ts');
}
