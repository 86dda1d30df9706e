/**
 * Plays the scenarios in real browsers, and notes what their consoles say.
 *
 * The server behind all hosts is the browser's proxy, and has no certificates. So everything that is
 * `https:` in a scenario is played as `http:`, and what is `http:` as `https:`; in what the console says
 * the two are changed back.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import type { FetchResponse, HeaderList } from '@cors/browser';

import { startChromium } from '../browsers/chromium.js';
import { startFirefox, versionOfFirefox } from '../browsers/firefox.js';
import { http1Reply } from '../browsers/http1-reply.js';
import type { Http1Request } from '../browsers/http1-request.js';
import { RawServer } from '../browsers/raw-server.js';
import type { AllConsoleMessages, ConsoleMessages } from './console-messages.js';
import { fetchCall } from './fetch-call.js';
import { type Scenario, SCENARIOS } from './scenarios.js';

// It comes after the script's error, if it comes at all.
const MESSAGE_MS = 5000;

/** A browser, for as long as the scenarios take. */
interface Console {
  readonly version: string;
  /** Opens a page, runs an expression in it, and gives the first message that is about CORS. */
  messageOf(pageUrl: string, expression: string): Promise<string>;
  close(): Promise<void>;
}

/** What the consoles say. */
export async function recordMessages(): Promise<AllConsoleMessages> {
  return {
    chromium: await recordIn(openChromium),
    firefox: await recordIn(openFirefox),
  };
}

async function recordIn(open: (port: number) => Promise<Console>): Promise<ConsoleMessages> {
  let current: Scenario | null = null;
  const server = await RawServer.listen((request) => answer(request, current));
  const opened = await open(server.port);
  try {
    const messages: Record<string, string> = {};
    for (const scenario of SCENARIOS) {
      current = scenario;
      const page = swapSchemes(`${scenario.request.origin}/page`);
      const call = swapSchemes(`${fetchCall(scenario.request)}.catch(() => null)`);
      messages[scenario.id] = swapSchemes(await opened.messageOf(page, call));
    }
    return { version: opened.version, messages };
  } finally {
    await opened.close();
    await server.close();
  }
}

async function openChromium(port: number): Promise<Console> {
  const browser = await startChromium(port);
  return {
    version: browser.version(),
    messageOf: async (pageUrl, expression) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const said = new Promise<string>((resolve) => {
        page.on('console', (message) => {
          const isAboutCors = message.type() === 'error' && message.text().includes('CORS');
          if (isAboutCors) resolve(message.text());
        });
      });
      await page.goto(pageUrl);
      await page.evaluate(expression);
      const message = await inTime(said);
      await context.close();
      return message;
    },
    close: () => browser.close(),
  };
}

async function openFirefox(port: number): Promise<Console> {
  const browser = await startFirefox(port);
  return {
    version: await versionOfFirefox(browser),
    messageOf: async (pageUrl, expression) => {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      const said = new Promise<string>((resolve) => {
        page.on('pageerror', (error) => {
          const text = error instanceof Error ? error.message : String(error);
          if (text.includes('Cross-Origin Request Blocked')) resolve(text);
        });
      });
      await page.goto(pageUrl);
      await page.evaluate(expression);
      const message = await inTime(said);
      await context.close();
      return message;
    },
    close: () => browser.close(),
  };
}

async function inTime(said: Promise<string>): Promise<string> {
  const late = new AbortController();
  const never = sleep(MESSAGE_MS, undefined, { signal: late.signal }).then(() => {
    throw new Error(`The console says nothing within ${MESSAGE_MS} ms.`);
  });
  return Promise.race([said, never]).finally(() => late.abort());
}

function answer({ method, target }: Http1Request, scenario: Scenario | null): string | null {
  if (!target.startsWith('http://') || scenario === null) return null;
  const path = new URL(target).pathname;
  if (path === '/page') {
    const html = '<!doctype html><link rel="icon" href="data:,">';
    return http1Reply(method, 200, [['Content-Type', 'text/html']], html);
  }
  const planned: FetchResponse | null =
    method === 'OPTIONS' ? scenario.preflight : scenario.response;
  if (planned === null) return http1Reply(method, 404, [], '');
  const headers: HeaderList = planned.headers.map(([name, value]) => [name, swapSchemes(value)]);
  return http1Reply(method, planned.status, headers, '');
}

function swapSchemes(text: string): string {
  return text.replace(/\bhttp(s?):\/\//g, (_, secure) => (secure === '' ? 'https://' : 'http://'));
}
