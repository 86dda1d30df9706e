/**
 * Plays the exchanges that docs/handshake.md shows, over real HTTP, and prints them: what the browser
 * sends (`>`), what the server replies (`<`), and what the browser makes of it.
 *
 *     pnpm handshake
 */
import { type Played, playInBrowser } from '../demo/browser.js';
import { print } from '../demo/report.js';
import { SCENES } from './scenes.js';
import { startServers } from './servers.js';

/** Different each time, or about the connection alone. */
const VOLATILE = ['date', 'connection', 'keep-alive'];

const { ports, close } = await startServers();
for (const { title, server, fetch } of SCENES) {
  print(`# ${title}\n`);
  for (const played of await playInBrowser(ports[server], fetch)) print(`${textOf(played)}\n`);
}
await close();

function textOf({ request, response, because, conclusion }: Played): string {
  return [
    ...(because.length > 0 ? [`The browser asks first, because of ${because.join(' and ')}.`] : []),
    `> ${request.method} ${request.path} HTTP/1.1`,
    ...request.headers.map(([name, value]) => `> ${name}: ${value}`),
    ...(request.body === undefined ? [] : ['>', `> ${request.body}`]),
    `< HTTP/1.1 ${String(response.status)} ${response.reason}`,
    ...response.headers
      .filter(([name]) => !VOLATILE.includes(name.toLowerCase()))
      .map(([name, value]) => `< ${name}: ${value}`),
    ...(response.body === '' ? [] : ['<', `< ${response.body}`]),
    `The browser: ${conclusion}`,
  ].join('\n');
}
