/**
 * The lab: real failures of CORS on real servers, each with its remedy.
 *
 *     pnpm lab [word…]            starts those whose id has one of the words, and says how to try them
 *     pnpm lab --check [word…]    asks `cors` about each, and plays it in Chromium: as it is, and mended
 *     pnpm lab --record           notes what the consoles of Chromium and Firefox say
 */
import process from 'node:process';
import { parseArgs } from 'node:util';

import { installBrowsers } from '../browsers/install.js';
import { checkFailures } from './check-failures.js';
import { FAILURES } from './failures/index.js';
import { recordMessages } from './record-messages.js';
import { serveFailures } from './serve-failures.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
  },
});

const chosen = FAILURES.filter(
  ({ id }) => positionals.length === 0 || positionals.some((word) => id.includes(word)),
);
if (chosen.length === 0) throw new Error(`No failure is named like ${positionals.join(', ')}.`);

if (values.record) {
  installBrowsers(['chromium', 'firefox']);
  await recordMessages(chosen);
} else if (values.check) {
  installBrowsers(['chromium']);
  process.exitCode = await checkFailures(chosen);
} else {
  await serveFailures(chosen);
}
