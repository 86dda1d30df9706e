/**
 * Chromium, through the Chrome DevTools Protocol.
 *
 * `Network.enable` alone leaves the cache of preflights as users have it: an identical PUT within its
 * Access-Control-Max-Age is not preflighted again. `Network.setCacheDisabled` and request interception
 * (`page.route`) would switch it off, so neither is used.
 */
import process from 'node:process';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import type { ChromiumCorsError } from '../differential/observation.js';
import type { Driver, DriverPage, ReasonListener, StepListener } from './driver.js';
import { requireBrowser } from './find-browser.js';

/** What keeps it quiet. */
export const CHROMIUM_ARGUMENTS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts Chromium with everything sent to the port. */
export function startChromium(port: number): Promise<Browser> {
  return chromium.launch({
    executablePath: requireBrowser('chromium'),
    headless: true,
    // Chromium refuses to run as root with its sandbox.
    args: process.getuid?.() === 0 ? ['--no-sandbox', ...CHROMIUM_ARGUMENTS] : CHROMIUM_ARGUMENTS,
    proxy: { server: `http://127.0.0.1:${port}` },
  });
}

/** Starts it to play exchanges. */
export async function launchChromium(
  port: number,
  listener: ReasonListener<ChromiumCorsError>,
): Promise<Driver<ChromiumCorsError>> {
  const browser = await startChromium(port);
  return {
    version: browser.version(),
    // Something is always said, if only that loading failed.
    reasonMilliseconds: 2000,
    tellsOfAll: true,
    newProfile: async () => {
      const context = await browser.newContext();
      return {
        open: (url) => open(context, url, listener),
        close: () => context.close(),
      };
    },
    reasonsOf: (reasons) => ({ chromium: reasons[0] ?? null }),
    close: () => browser.close(),
  };
}

async function open(
  context: BrowserContext,
  url: string,
  listener: ReasonListener<ChromiumCorsError>,
): Promise<DriverPage> {
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'load' });
  const session = await context.newCDPSession(page);
  // A preflight is a request of its own, and fails by itself; what the script gets, and why, is said of
  // the request that it was for. A redirect keeps the request's id.
  const steps = new Map<string, StepListener<ChromiumCorsError>>();
  session.on('Network.requestWillBeSent', ({ requestId, request, initiator, redirectResponse }) => {
    if (initiator.type === 'preflight' || redirectResponse !== undefined) return;
    const step = listener.stepOf(request.url);
    if (step !== undefined) steps.set(requestId, step);
  });
  session.on('Network.loadingFinished', ({ requestId }) => {
    steps.get(requestId)?.settled();
    steps.delete(requestId);
  });
  session.on('Network.loadingFailed', ({ requestId, corsErrorStatus }) => {
    const step = steps.get(requestId);
    steps.delete(requestId);
    if (corsErrorStatus !== undefined) {
      const { corsError, failedParameter } = corsErrorStatus;
      step?.blocked({ corsError, failedParameter });
    }
    step?.settled();
  });
  await session.send('Network.enable');
  return {
    evaluate: (expression) => page.evaluate<string>(expression),
    close: () => page.close(),
  };
}
