/** How large a package is: bundled from its sources, minified, and compressed by gzip. */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type BuildOptions } from 'esbuild';
import { withoutSentences } from './without-sentences.js';

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
  return compressedSize({
    entryPoints: [entry],
    ...(dependencies === 'without' ? { packages: 'external' } : { external: FRAMEWORKS }),
  });
}

/**
 * The size of a few modules of the core with all of it that they need, in bytes.
 *
 * @param root - Of the repository.
 * @param sentences - Whether texts of several words are counted: what people read, and the ancestors.
 * @param modules - By their names, as `decide`.
 */
export async function coreModulesSize(
  root: string,
  sentences: 'with' | 'without',
  modules: readonly string[],
): Promise<number> {
  return compressedSize({
    plugins: sentences === 'with' ? [] : [withoutSentences],
    stdin: {
      contents: modules.map((name) => `export * from './${name}.js';`).join(''),
      resolveDir: join(root, 'packages/core/src'),
      loader: 'ts',
    },
    packages: 'external',
  });
}

async function compressedSize(
  options: Pick<BuildOptions, 'entryPoints' | 'stdin' | 'packages' | 'external' | 'plugins'>,
): Promise<number> {
  const { outputFiles } = await build({
    ...options,
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    conditions: ['@cors/source'],
    // As a bundler for the web takes them, of a package that has both.
    mainFields: ['module', 'main'],
  });
  return gzipSync(outputFiles[0]?.contents ?? '').length;
}

/** The entry of a package in this repository. */
export function entryOf(root: string, name: string): string {
  return join(root, 'packages', name, 'src/index.ts');
}
