/**
 * A real browser that a person's path through the site is played in: what both of them can.
 */
import process from 'node:process';
import { chromium } from 'playwright-core';
import puppeteer, { type ElementHandle } from 'puppeteer-core';

import { CHROMIUM_ARGUMENTS } from '../browsers/chromium.js';
import { requireBrowser } from '../browsers/find-browser.js';

/** How a window looks. */
export interface Look {
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
}

/** A page of the site. Elements are found by selectors of CSS. */
export interface SitePage {
  readonly open: (url: string) => Promise<void>;
  readonly fill: (selector: string, text: string) => Promise<void>;
  readonly select: (selector: string, value: string) => Promise<void>;
  readonly click: (selector: string) => Promise<void>;
  readonly focus: (selector: string) => Promise<void>;
  readonly press: (key: 'Tab' | 'ArrowRight' | 'Enter') => Promise<void>;
  /** Waits until the text of an element has a part, and gives the text. */
  readonly waitForText: (selector: string, part: string) => Promise<string>;
  readonly evaluate: <Result>(expression: string) => Promise<Result>;
  readonly screenshot: (path: string) => Promise<void>;
  /** URLs that were asked for, and errors of the page, since it was made. */
  readonly requested: readonly string[];
  readonly errors: readonly string[];
  readonly close: () => Promise<void>;
}

/** A browser. */
export interface SiteBrowser {
  readonly name: string;
  readonly newPage: (look: Look) => Promise<SitePage>;
  readonly close: () => Promise<void>;
}

const textOf = (selector: string): string =>
  `document.querySelector('${selector}')?.innerText ?? ''`;

const hasText = (selector: string, part: string): string =>
  `(${textOf(selector)}).includes(${JSON.stringify(part)})`;

/** What is thrown when a text does not come. */
function missing(
  selector: string,
  part: string,
  text: () => Promise<string>,
): () => Promise<never> {
  return async () => {
    throw new Error(`${selector} does not say "${part}", but: ${await text()}`);
  };
}

/** Chromium. */
export async function siteChromium(): Promise<SiteBrowser> {
  const browser = await chromium.launch({
    executablePath: requireBrowser('chromium'),
    headless: true,
    args: process.getuid?.() === 0 ? ['--no-sandbox', ...CHROMIUM_ARGUMENTS] : CHROMIUM_ARGUMENTS,
  });
  return {
    name: `chromium ${browser.version()}`,
    newPage: async ({ width, height, scheme }) => {
      const viewport = { width, height };
      const context = await browser.newContext({ viewport, colorScheme: scheme });
      const page = await context.newPage();
      const [requested, errors]: [string[], string[]] = [[], []];
      page.on('request', (request) => requested.push(request.url()));
      page.on('pageerror', (error) => errors.push(error.message));
      return {
        requested,
        errors,
        open: async (url) => {
          await page.goto(url, { waitUntil: 'networkidle' });
        },
        fill: (selector, text) => page.fill(selector, text),
        select: async (selector, value) => {
          await page.selectOption(selector, value);
        },
        click: (selector) => page.click(selector),
        focus: (selector) => page.focus(selector),
        press: (key) => page.keyboard.press(key),
        waitForText: async (selector, part) => {
          const text = (): Promise<string> => page.evaluate<string>(textOf(selector));
          await page.waitForFunction(hasText(selector, part)).catch(missing(selector, part, text));
          return text();
        },
        evaluate: (expression) => page.evaluate(expression),
        screenshot: async (path) => {
          await page.screenshot({ path: `${path}.png`, fullPage: true });
        },
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}

/** Firefox. */
export async function siteFirefox(): Promise<SiteBrowser> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: requireBrowser('firefox'),
    headless: true,
    extraPrefsFirefox: { 'layout.css.prefers-color-scheme.content-override': 1 },
  });
  return {
    name: await browser.version(),
    newPage: async ({ width, height }) => {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.setViewport({ width, height });
      const [requested, errors]: [string[], string[]] = [[], []];
      page.on('request', (request) => void requested.push(request.url()));
      page.on('pageerror', (error) => void errors.push(String(error)));
      const find = async (selector: string): Promise<ElementHandle> => {
        const found = await page.waitForSelector(selector);
        if (found === null) throw new Error(`There is no ${selector}.`);
        return found;
      };
      return {
        requested,
        errors,
        open: async (url) => {
          await page.goto(url, { waitUntil: 'load' });
        },
        fill: (selector, text) => page.locator(selector).fill(text),
        select: async (selector, value) => {
          await page.select(selector, value);
        },
        click: async (selector) => (await find(selector)).click(),
        focus: async (selector) => (await find(selector)).focus(),
        press: (key) => page.keyboard.press(key),
        waitForText: async (selector, part) => {
          const text = async (): Promise<string> =>
            (await page.evaluate(textOf(selector))) as string;
          await page.waitForFunction(hasText(selector, part)).catch(missing(selector, part, text));
          return text();
        },
        evaluate: async <Result>(expression: string) => (await page.evaluate(expression)) as Result,
        screenshot: async (path) => {
          await page.screenshot({ path: `${path}.png` });
        },
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}
