import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

// Property tests take both from the environment, which the workers inherit (scripts/property-setup.ts).
// This file is evaluated once for each project: only the first time chooses, and says, the seed.
const propertyRuns = (process.env['CORS_PROPERTY_RUNS'] ??= '1000');
if (process.env['CORS_PROPERTY_SEED'] === undefined) {
  const seed = String(Math.trunc(Math.random() * 2 ** 31));
  process.env['CORS_PROPERTY_SEED'] = seed;
  console.log(`Property tests: ${propertyRuns} runs each, CORS_PROPERTY_SEED=${seed} repeats them`);
}

// Where a program reads the report (CI does); people read the default one only.
const jsonReport = process.env['CORS_TEST_REPORT'];

export default defineConfig({
  // Packages resolve one another to their sources, so that no test needs a build. `resolve.conditions`
  // does not reach the tests, `ssr.resolve.conditions` does.
  ssr: { resolve: { conditions: ['@cors/source'] } },
  test: {
    passWithNoTests: false,
    // Vitest leaves one core free, which on a machine of two is half of it.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    reporters: jsonReport ? ['default', ['json', { outputFile: jsonReport }]] : ['default'],
    projects: [
      ...testedFolders('packages').map((folder) => project(folder)),
      ...testedFolders('examples').map((folder) => project(folder)),
      ...(existsSync('scripts/test') ? [project('scripts')] : []),
    ],
  },
});

/** The folders in `parent` that have tests: a new package needs no line here. */
function testedFolders(parent: string): string[] {
  const root = join(import.meta.dirname, parent);
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((name) => existsSync(join(root, name, 'test')))
    .map((name) => `${parent}/${name}`);
}

/** Where there are none, vitest would still announce its type checker. */
function hasTypeTests(folder: string): boolean {
  const files = readdirSync(join(import.meta.dirname, folder, 'test'), { recursive: true });
  return files.some((file) => file.toString().endsWith('.test-d.ts'));
}

function project(folder: string): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name: folder.replace('packages/', ''),
      root: join(import.meta.dirname, folder),
      include: ['test/**/*.test.ts'],
      setupFiles: [join(import.meta.dirname, 'scripts/property-setup.ts')],
      // Nothing here is timed: a minute is for what hangs, on a busy machine, too. A property may take its
      // time; a hundred thousand inputs take a hundred times as long.
      testTimeout: Math.max(60_000, Number(propertyRuns) * 6),
      typecheck: {
        enabled: hasTypeTests(folder),
        include: ['test/**/*.test-d.ts'],
        tsconfig: 'test/tsconfig.json',
        // Errors outside the type tests are `pnpm types`' to report, once.
        ignoreSourceErrors: true,
      },
    },
  };
}
