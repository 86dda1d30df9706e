/**
 * Tests the built site in real browsers: a person's path through the playground, whether everybody can use
 * it, and how fast it is there.
 *
 *     pnpm docs:build && pnpm test:site
 *     pnpm test:site --screenshots      takes the pictures of the documentation anew
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';

import { installBrowsers } from '../browsers/install.js';
import { violationsOf } from './accessibility.js';
import { walkPlayground } from './playground-path.js';
import { serveSite } from './serve.js';
import { type Look, type SiteBrowser, siteChromium, siteFirefox } from './site-browser.js';

const { values } = parseArgs({ options: { screenshots: { type: 'boolean', default: false } } });

const WIDE: Look = { width: 1440, height: 1000, scheme: 'light' };
const PHONE: Look = { width: 390, height: 844, scheme: 'dark' };
const PAGES = ['/', '/playground', '/blocked', '/options', '/express'];
const ROOT = join(import.meta.dirname, '../..');

/** From a change of the form to the summary that follows it. */
const ANSWER_TIME = `new Promise((resolve) => {
  const summary = document.querySelector('.summary');
  const origin = document.querySelector('#origin');
  new MutationObserver(() => resolve(performance.now() - start)).observe(summary, {
    characterData: true, childList: true, subtree: true,
  });
  const start = performance.now();
  origin.value = 'https://other.example';
  origin.dispatchEvent(new Event('input'));
})`;

let failures = 0;

async function step(name: string, work: () => Promise<string | undefined>): Promise<void> {
  try {
    console.log(`ok      ${name}${(await work()) ?? ''}`);
  } catch (error) {
    failures += 1;
    console.log(`failed  ${name}\n${error instanceof Error ? error.message : String(error)}`);
  }
}

installBrowsers(['chromium', 'firefox']);
const site = await serveSite();
for (const start of [siteChromium, siteFirefox]) {
  const browser = await start();
  for (const look of [WIDE, PHONE]) {
    await step(`${browser.name}, ${look.width} pixels: a person's path`, async () => {
      const page = await browser.newPage(look);
      try {
        await walkPlayground(page, site.url);
      } finally {
        await page.close();
      }
      return undefined;
    });
  }
  if (start === siteChromium) await inChromium(browser);
  await browser.close();
}
site.close();
process.exitCode = failures === 0 ? 0 : 1;

async function inChromium(browser: SiteBrowser): Promise<void> {
  for (const look of [WIDE, PHONE]) {
    for (const path of PAGES) {
      await step(`axe-core, ${look.scheme}, ${look.width} pixels: ${path}`, async () => {
        const page = await browser.newPage(look);
        await page.open(site.url + path);
        const violations = await violationsOf(page);
        await page.close();
        if (violations.length > 0) throw new Error(violations.join('\n'));
        return undefined;
      });
    }
  }
  await step('first paint, and the answer to a key', async () => {
    const page = await browser.newPage(PHONE);
    await page.open(`${site.url}/playground`);
    const paint = await page.evaluate<number>(
      "performance.getEntriesByName('first-contentful-paint')[0].startTime",
    );
    await page.waitForText('.summary', 'the page gets the reply');
    const answer = await page.evaluate<number>(ANSWER_TIME);
    await page.close();
    return `: ${Math.round(paint)} ms, ${Math.round(answer)} ms`;
  });
  if (values.screenshots) {
    const folder = join(ROOT, 'docs/public');
    mkdirSync(folder, { recursive: true });
    for (const [name, look] of [
      ['playground-wide-light', WIDE],
      ['playground-phone-dark', PHONE],
    ] as const) {
      const page = await browser.newPage(look);
      await page.open(`${site.url}/playground`);
      await page.select('#example', '1');
      await page.waitForText('.summary', 'header-not-allowed');
      // The messages arrive one after the other.
      await page.evaluate(
        'Promise.all(document.getAnimations().map(({ finished }) => finished)).then(() => 0)',
      );
      await page.screenshot(join(folder, name));
      await page.close();
    }
  }
}
