/** Programs as one file each, as every runtime takes it: no installation of packages beside it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Program } from './runtimes.js';

/** What CommonJS code in a module needs. */
const REQUIRE =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/**
 * Bundles a target with its host, from the sources.
 *
 * @returns The file to give to the runtime: for workerd, its configuration.
 */
export async function bundle({ target, host }: Program, folder: string): Promise<string> {
  const isWorker = host === 'workerd';
  const outfile = join(folder, `${target}-${host}.mjs`);
  await build({
    stdin: {
      contents: isWorker ? worker(target) : program(target, host),
      resolveDir: import.meta.dirname,
    },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    conditions: ['@cors/source', ...(host === 'listening' ? [] : [host])],
    logLevel: 'error',
    ...(!isWorker && { banner: { js: REQUIRE } }),
  });
  return isWorker ? writeConfiguration(outfile) : outfile;
}

function program(target: string, host: string): string {
  return `import { target } from './targets/${target}.ts';
import { serve } from './hosts/${host}.ts';
serve(target);`;
}

function worker(target: string): string {
  return `import { target } from './targets/${target}.ts';
import { entryPoints } from './hosts/workerd.ts';
const { main, control } = entryPoints(target);
export { main as default, control };`;
}

/** The configuration that serves a worker's module. */
function writeConfiguration(module: string): string {
  const path = `${module}.capnp`;
  const text = readFileSync(join(import.meta.dirname, 'hosts/workerd.capnp'), 'utf8');
  writeFileSync(path, text.replace('MODULE', module.slice(module.lastIndexOf('/') + 1)));
  return path;
}
