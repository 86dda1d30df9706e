/**
 * Installs the browsers that are missing, where that is possible without asking anybody: as root, on a
 * system with apt. Anywhere else it says what is missing, and ends with status 1.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { debianPackageOf, findBrowser, requireBrowser } from './find-browser.js';

const NAMES = ['chromium', 'firefox'] as const;

const missing = NAMES.filter((name) => findBrowser(name) === undefined);
if (missing.length > 0 && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...missing.map(debianPackageOf));
}
try {
  for (const name of NAMES) console.log(`${name}: ${requireBrowser(name)}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

function apt(...parameters: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', parameters, { stdio: 'inherit', env });
}
