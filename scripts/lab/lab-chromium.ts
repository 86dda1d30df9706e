/** Chromium, with the hosts of the lab on this machine. */
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';

import { CHROMIUM_ARGUMENTS } from '../browsers/chromium.js';
import { requireBrowser } from '../browsers/find-browser.js';
import { askExpression, type LabBrowser } from './lab-browser.js';
import { LAB_HOSTS } from './pages.js';

/** How long what it says about a blocked request may come after the script's error. */
const LATE_MS = 2000;
const POLL_MS = 5;

/** Starts it. */
export async function startLabChromium(): Promise<LabBrowser> {
  const hosts = LAB_HOSTS.map((host) => `MAP ${host} 127.0.0.1`).join(',');
  const browser = await chromium.launch({
    executablePath: requireBrowser('chromium'),
    headless: true,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...CHROMIUM_ARGUMENTS,
      '--ignore-certificate-errors',
      `--host-resolver-rules=${hosts}`,
    ],
  });
  return {
    name: 'chromium',
    version: browser.version(),
    open: async (url) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const messages = new Set<string>();
      const told: { corsError: string | null; hasFailed: boolean } = {
        corsError: null,
        hasFailed: false,
      };
      page.on('console', (message) => {
        if (message.type() === 'error') messages.add(message.text());
      });
      const session = await context.newCDPSession(page);
      session.on('Network.loadingFailed', ({ corsErrorStatus, type }) => {
        told.corsError = corsErrorStatus?.corsError ?? told.corsError;
        told.hasFailed ||= type !== 'Preflight';
      });
      await session.send('Network.enable');
      await page.goto(url);
      return {
        ask: async (request, works) => {
          Object.assign(told, { corsError: null, hasFailed: false });
          messages.clear();
          const isRight = await page.evaluate<boolean>(askExpression(request, works));
          if (!isRight && works === undefined) {
            const end = Date.now() + LATE_MS;
            while (!(told.hasFailed && messages.size > 0) && Date.now() < end) await sleep(POLL_MS);
          }
          return { works: isRight, corsError: told.corsError, messages: [...messages] };
        },
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}
