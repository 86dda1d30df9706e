/**
 * Serves the lab's failures until it is interrupted, for a person to try.
 */
import process from 'node:process';
import type { PageRequest } from '@cors/browser';

import { fetchCall } from '../blocked/fetch-call.js';
import type { Failure } from './failure.js';
import { checkParameters } from './cors-command.js';
import { LAB_HOSTS, startPages } from './pages.js';
import { startFailure } from './play-failure.js';

/** Starts all, says how to try them, and waits for SIGINT or SIGTERM. */
export async function serveFailures(failures: readonly Failure[]): Promise<void> {
  const pages = await startPages();
  const hosts = LAB_HOSTS.map((host) => `MAP ${host} 127.0.0.1`).join(',');
  console.log(
    'In a terminal, in the folder of this repository, ask `cors`. In a browser, start it with',
  );
  console.log(`  chromium --ignore-certificate-errors --host-resolver-rules='${hosts}'`);
  console.log('open the page, and run the call in its console.\n');
  const started = [];
  for (const failure of failures) {
    const running = await startFailure(failure, pages, false);
    started.push(running);
    console.log(`${failure.id}: ${failure.title}`);
    console.log(`  ${checkCommand(running.request)}`);
    console.log(`  ${running.pageUrl}  ${fetchCall(running.request)}`);
    console.log(`  Remedy: ${failure.remedy}\n`);
  }
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  for (const { servers } of started) await servers.close();
  await pages.close();
}

/** `cors` from its sources: it is built nowhere in a fresh clone. */
const CORS = 'npx tsx --conditions=@cors/source packages/cli/src/command/main.ts';

/** The command that asks the server as the page would. */
function checkCommand(request: PageRequest): string {
  return [CORS, ...checkParameters(request).map(quoted)].join(' ');
}

function quoted(word: string): string {
  return /^[\w:/.-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
