/**
 * Installs the browsers that are missing, where that is possible without asking anybody: as root, on a
 * system with apt. Anywhere else who needs one says what is missing.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';

import { type BrowserName, debianPackageOf, findBrowser } from './find-browser.js';

/** Installs those of the browsers that are missing, if it can. */
export function installBrowsers(names: readonly BrowserName[]): void {
  const missing = names.filter((name) => findBrowser(name) === undefined);
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (missing.length === 0 || !canInstall) return;
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', ...missing.map(debianPackageOf));
}

function apt(...parameters: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', parameters, { stdio: ['ignore', 'ignore', 'inherit'], env });
}
