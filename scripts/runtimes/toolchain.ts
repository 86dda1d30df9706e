/**
 * The runtimes, as npm has them: pinned by toolchain/package.json, checked against the hashes of its lock
 * file, and kept in a cache, since together they have a gigabyte. No script of theirs is run: each
 * program is started as the package of its platform holds it.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { root } from '../test/documents.js';

const SOURCE = join(import.meta.dirname, 'toolchain');
const CACHE = join(root, 'node_modules/.cache/runtimes');
const FILES = ['package.json', 'package-lock.json'] as const;
const MODULES = join(CACHE, 'node_modules');
/** npm has a gigabyte to write, perhaps from far away. */
const INSTALL_MS = 600_000;

/** Installs what is missing. */
export function installToolchain(): void {
  if (isInstalled()) return;
  console.log('Installing the runtimes from npm …');
  rmSync(CACHE, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  copyFileSync(join(SOURCE, 'package.json'), join(CACHE, 'package.json'));
  copyFileSync(join(SOURCE, 'package-lock.json'), join(CACHE, 'package-lock.json'));
  execFileSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-bin-links', '--loglevel=error'],
    { cwd: CACHE, stdio: ['ignore', 'inherit', 'inherit'], timeout: INSTALL_MS },
  );
}

/** npm writes this file last: an installation that was broken off has none. */
function isInstalled(): boolean {
  return (
    existsSync(join(MODULES, '.package-lock.json')) &&
    FILES.every((name) => textOf(join(CACHE, name)) === textOf(join(SOURCE, name)))
  );
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** The program of a version of Node.js. */
export function nodeProgram(major: number): string {
  return join(MODULES, `node${major}-${process.platform}-${process.arch}/bin/node`);
}

/** The program of another runtime: in the one package of a scope that npm found to fit this machine. */
export function programOf(scope: string, prefix: string, path: string): string {
  const folder = join(MODULES, scope);
  const [name = prefix] = existsSync(folder)
    ? readdirSync(folder).filter((one) => one.startsWith(prefix))
    : [];
  return join(folder, name, path);
}

/** The version of a runtime: `name` as in toolchain/package.json. */
export function versionOf(name: string): string {
  const manifest = JSON.parse(textOf(join(SOURCE, 'package.json'))) as {
    readonly dependencies: Readonly<Record<string, string>>;
    readonly optionalDependencies: Readonly<Record<string, string>>;
  };
  const wanted = manifest.dependencies[name] ?? manifest.optionalDependencies[name];
  if (wanted === undefined) throw new Error(`toolchain/package.json has no ${name}`);
  return wanted.slice(wanted.lastIndexOf('@') + 1);
}
