/**
 * Starts a browser with a server of its own behind it.
 */
import type { Exchange } from '../differential/exchange.js';
import { assertBlocking } from './assert-blocking.js';
import { launchChromium } from './chromium.js';
import type { Driver, ReasonListener } from './driver.js';
import { ExchangeServer } from './exchange-server.js';
import type { BrowserName } from './find-browser.js';
import { launchFirefox } from './firefox.js';
import type { LocalServers } from './forward.js';
import { playExchanges } from './play-exchanges.js';
import type { RealBrowser } from './real-browser.js';

/**
 * Starts the system's browser of that name, with some hosts being servers of their own.
 *
 * @throws if there is none, or it does not block.
 */
export function launchBrowser(
  name: BrowserName,
  servers: LocalServers = new Map(),
): Promise<RealBrowser> {
  return name === 'chromium'
    ? launch(name, servers, launchChromium)
    : launch(name, servers, launchFirefox);
}

async function launch<Reason>(
  name: BrowserName,
  servers: LocalServers,
  start: (port: number, listener: ReasonListener<Reason>) => Promise<Driver<Reason>>,
): Promise<RealBrowser> {
  const server = await ExchangeServer.listen<Reason>(servers);
  try {
    const driver = await start(server.port, {
      stepOf: (text) => server.exchangeOf(text)?.listener(),
    });
    server.reasonMilliseconds = driver.reasonMilliseconds;
    server.awaitsAll = driver.tellsOfAll;
    const browser: RealBrowser = {
      name,
      version: driver.version,
      play: (exchanges: readonly Exchange[]) => playExchanges(driver, server, exchanges),
      close: async () => {
        await driver.close();
        await server.close();
      },
    };
    await assertBlocking(browser).catch(async (error: unknown) => {
      await driver.close();
      throw error;
    });
    return browser;
  } catch (error) {
    await server.close();
    throw error;
  }
}
