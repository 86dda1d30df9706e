/**
 * Where the system's browsers are. None is downloaded: people test with what they have, and some
 * networks let nothing else in.
 */
import { accessSync, constants } from 'node:fs';
import process from 'node:process';

/** The browsers that can be driven. */
export type BrowserName = 'chromium' | 'firefox';

interface Place {
  readonly variable: string;
  readonly paths: readonly string[];
  /** Of Debian. */
  readonly packageName: string;
}

const PLACES: Readonly<Record<BrowserName, Place>> = {
  chromium: {
    variable: 'CORS_CHROMIUM',
    paths: [
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
      '/usr/bin/google-chrome-stable',
    ],
    packageName: 'chromium',
  },
  firefox: {
    variable: 'CORS_FIREFOX',
    paths: ['/usr/bin/firefox-esr', '/usr/bin/firefox'],
    packageName: 'firefox-esr',
  },
};

/** Debian's package of a browser. */
export function debianPackageOf(name: BrowserName): string {
  return PLACES[name].packageName;
}

/** The program of a browser, undefined when there is none. */
export function findBrowser(name: BrowserName): string | undefined {
  const { variable, paths } = PLACES[name];
  const chosen = process.env[variable];
  // A wrong choice is an error, not a reason to take another browser.
  if (chosen !== undefined && chosen !== '') {
    if (!isProgram(chosen)) throw new Error(`${variable} is ${chosen}, which is no program.`);
    return chosen;
  }
  return paths.find(isProgram);
}

/** The program of a browser. @throws if there is none, with what to do about it. */
export function requireBrowser(name: BrowserName): string {
  const found = findBrowser(name);
  if (found !== undefined) return found;
  const { variable, paths, packageName } = PLACES[name];
  throw new Error(
    `No ${name} at ${paths.join(', ')}. Install it (Debian: apt-get install ${packageName}), or set ${variable} to its path.`,
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
