/**
 * Notes what the consoles of real browsers say of the lab's failures: `cors why` must know all of it.
 */
import { writeFileSync } from 'node:fs';

import type { Failure } from './failure.js';
import type { LabBrowser } from './lab-browser.js';
import { startLabChromium } from './lab-chromium.js';
import { startLabFirefox } from './lab-firefox.js';
import { type LabMessage, MESSAGES_FILE } from './messages.js';
import { type PageServers, startPages } from './pages.js';
import { playIn, startFailure } from './play-failure.js';

/** Plays the failures in both browsers, and stores what they say. */
export async function recordMessages(failures: readonly Failure[]): Promise<void> {
  const pages = await startPages();
  const messages: LabMessage[] = [];
  for (const start of [startLabChromium, startLabFirefox]) {
    const browser = await start();
    for (const failure of failures) messages.push(...(await messagesOf(failure, browser, pages)));
    await browser.close();
  }
  await pages.close();
  writeFileSync(MESSAGES_FILE, `${JSON.stringify(messages, null, 2)}\n`);
  console.log(`${messages.length} messages of ${failures.length} failures are stored.`);
}

async function messagesOf(
  failure: Failure,
  browser: LabBrowser,
  pages: PageServers,
): Promise<LabMessage[]> {
  const running = await startFailure(failure, pages, false);
  const { messages } = await playIn(browser, failure, running);
  await running.servers.close();
  return messages
    .filter((text) => isAboutTheRequest(text, running.request.url))
    .map((text) => ({ failure: failure.id, browser: browser.name, text: withoutPorts(text) }));
}

/** Chromium adds to each that something failed, and names neither what nor why. */
function isAboutTheRequest(text: string, url: string): boolean {
  return text.includes(url);
}

/** Ports are other ones each time: what is stored would differ for nothing. */
function withoutPorts(text: string): string {
  return text.replace(/(example|localhost):\d{4,5}/g, (whole, host: string) =>
    whole.endsWith(':3000') ? whole : `${host}:8080`,
  );
}
