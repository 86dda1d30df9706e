/** Firefox, with the hosts of the lab on this machine. */
import { setTimeout as sleep } from 'node:timers/promises';
import puppeteer from 'puppeteer-core';

import { requireBrowser } from '../browsers/find-browser.js';
import { versionOfFirefox } from '../browsers/firefox.js';
import { askExpression, type LabBrowser } from './lab-browser.js';
import { LAB_HOSTS } from './pages.js';

/** How long what it says about a blocked request may come after the script's error. */
const LATE_MS = 2000;
/** Why a preflight failed is followed by a message that the request did not succeed. */
const SECOND_MESSAGE_MS = 250;
const POLL_MS = 5;

/** Starts it. */
export async function startLabFirefox(): Promise<LabBrowser> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: requireBrowser('firefox'),
    headless: true,
    acceptInsecureCerts: true,
    extraPrefsFirefox: {
      'network.dns.localDomains': LAB_HOSTS.join(','),
      'dom.security.https_first': false,
    },
  });
  return {
    name: 'firefox',
    version: await versionOfFirefox(browser),
    open: async (url) => {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      const messages = new Set<string>();
      page.on('pageerror', (error) => {
        messages.add(error instanceof Error ? error.message : String(error));
      });
      page.on('console', (message) => {
        messages.add(message.text());
      });
      await page.goto(url);
      return {
        ask: async (request, works) => {
          messages.clear();
          const isRight = (await page.evaluate(askExpression(request, works))) as boolean;
          if (!isRight && works === undefined) {
            const end = Date.now() + LATE_MS;
            while (messages.size === 0 && Date.now() < end) await sleep(POLL_MS);
            await sleep(SECOND_MESSAGE_MS);
          }
          return { works: isRight, corsError: null, messages: [...messages] };
        },
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}
