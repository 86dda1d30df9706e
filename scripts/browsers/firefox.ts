/**
 * Firefox, through WebDriver BiDi.
 *
 * Its cache of preflights works as users have it, as long as nobody calls `network.setCacheBehavior`
 * (puppeteer's `setCacheEnabled(false)`), and hosts have names: with the address `127.0.0.1` as the
 * host, four equal PUTs in a row within their Access-Control-Max-Age were preflighted three times, with
 * `localhost`, with names of `network.dns.localDomains` and through a proxy once. An entry is dropped
 * when its host was resolved anew. Neither BiDi itself, nor a user context, nor interception makes a
 * difference.
 */
import puppeteer, { type Browser, type BrowserContext } from 'puppeteer-core';
import type { Driver, DriverPage, ReasonListener } from './driver.js';
import { requireBrowser } from './find-browser.js';

const SECOND_MESSAGE_MS = 250;

/** Starts Firefox with everything sent to the port. */
export function startFirefox(port: number): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: requireBrowser('firefox'),
    headless: true,
    extraPrefsFirefox: {
      'network.proxy.type': 1,
      'network.proxy.http': '127.0.0.1',
      'network.proxy.http_port': port,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': port,
      'network.proxy.no_proxies_on': '',
      // The pages have no secure twin.
      'dom.security.https_first': false,
    },
  });
}

/** Its version, as a number with dots. */
export async function versionOfFirefox(browser: Browser): Promise<string> {
  return (await browser.version()).replace(/^firefox\//i, '');
}

/** Starts it to play exchanges. */
export async function launchFirefox(
  port: number,
  listener: ReasonListener<string>,
): Promise<Driver<string>> {
  const browser = await startFirefox(port);
  return {
    version: await versionOfFirefox(browser),
    // Nothing is said where a redirect was an error by the script's own choice.
    reasonMilliseconds: 800,
    tellsOfAll: false,
    newProfile: async () => {
      const context = await browser.createBrowserContext();
      return {
        open: (url) => open(context, url, listener),
        close: () => context.close(),
      };
    },
    reasonsOf: (reasons) => ({ firefox: reasons }),
    close: () => browser.close(),
  };
}

async function open(
  context: BrowserContext,
  url: string,
  listener: ReasonListener<string>,
): Promise<DriverPage> {
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    const text = error instanceof Error ? error.message : String(error);
    if (!text.startsWith('Cross-Origin Request')) return;
    const step = listener.stepOf(text);
    step?.blocked(text);
    // Why a preflight failed is followed by a message that the request did not succeed.
    setTimeout(() => step?.settled(), SECOND_MESSAGE_MS);
  });
  await page.goto(url, { waitUntil: 'load' });
  return {
    evaluate: async (expression) => (await page.evaluate(expression)) as string,
    close: () => page.close(),
  };
}
