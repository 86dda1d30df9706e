/** Replies that miss something, and failures that are no business of CORS. */
import type { RequestListener } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import {
  isPreflight,
  listen,
  listenSecurely,
  oneServer,
  preflightFields,
  reply,
  urlOf,
} from '../api-server.js';
import type { Failure } from '../failure.js';

/** What all of them send, where they send it. */
const allow = (origin: string): Readonly<Record<string, string>> => ({
  'Access-Control-Allow-Origin': origin,
  Vary: 'Origin',
});

/** A port of this machine where nothing listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Replies without the headers, or with too few. */
export const replyFailures: readonly Failure[] = [
  {
    id: 'no-headers',
    title: 'The server sends no CORS headers',
    remedy: 'The server allows the origin.',
    page: {},
    start: ({ origin }, isMended) =>
      oneServer((_, response) => reply(response, 200, isMended ? allow(origin) : {})),
    request: {},
    code: 'missing-allow-origin',
    cause: /status 200/,
    chromium: 'MissingAllowOriginHeader',
    by: 'check',
  },
  {
    id: 'error-without-headers',
    title: 'Replies are readable until there is an error: 500 has no CORS headers',
    remedy: 'The headers are on errors as well.',
    page: {},
    start: ({ origin }, isMended) =>
      oneServer((_, response) => reply(response, 500, isMended ? allow(origin) : {})),
    request: {},
    code: 'missing-allow-origin',
    cause: /status 500/,
    chromium: 'MissingAllowOriginHeader',
    by: 'check',
  },
  {
    id: 'stale-preflight',
    title: 'The policy was changed, and the browser still goes by the preflight that it remembers',
    remedy: 'The origin is allowed again; or people wait until Access-Control-Max-Age is over.',
    page: {},
    start: async ({ origin }, isMended) => {
      let isAllowed = true;
      const server = await listen((request, response) => {
        if (!isAllowed) reply(response, 200);
        else if (isPreflight(request)) {
          reply(response, 204, { ...preflightFields(origin), 'Access-Control-Max-Age': '600' });
        } else reply(response, 200, allow(origin));
      });
      return {
        url: urlOf(server),
        afterwards: () => {
          isAllowed = isMended;
        },
        close: server.close,
      };
    },
    before: 'same-page',
    request: { method: 'PUT' },
    // A fresh preflight would fail already: that it does not shows what the browser goes by.
    code: 'missing-allow-origin',
    cause: /Access-Control-Allow-Origin/,
    chromium: 'MissingAllowOriginHeader',
    by: 'why',
  },
  {
    id: 'redirect-to-other-origin',
    title: 'A redirect leads to a third origin, and the page becomes null',
    remedy: 'The server answers itself, in place of the redirect.',
    page: {},
    start: async ({ origin }, isMended) => {
      const other = await listen((_, response) => reply(response, 200, allow(origin)));
      const first = await listen((_, response) => {
        if (isMended) reply(response, 200, allow(origin));
        else reply(response, 302, { ...allow(origin), Location: urlOf(other) });
      });
      return {
        url: urlOf(first),
        close: async () => {
          await first.close();
          await other.close();
        },
      };
    },
    request: {},
    code: 'allow-origin-mismatch',
    cause: /null/,
    chromium: 'AllowOriginMismatch',
    by: 'check',
  },
];

/** What CORS does not block, or not alone. */
export const otherFailures: readonly Failure[] = [
  {
    id: 'header-not-exposed',
    title: 'The page reads X-Total as null, though the network tab shows it',
    remedy: 'The header is exposed.',
    page: {},
    start: ({ origin }, isMended) =>
      oneServer((_, response) => {
        const exposed = isMended ? { 'Access-Control-Expose-Headers': 'X-Total' } : {};
        reply(response, 200, { ...allow(origin), 'X-Total': '3', ...exposed });
      }),
    request: {},
    code: 'allowed',
    cause: /x-total/i,
    chromium: null,
    works: "response.headers.get('x-total') === '3'",
    by: 'check',
  },
  {
    id: 'no-cors-failure',
    title: 'It is no CORS failure: the server answers 200, and the page expects something else',
    remedy: 'The server sends what the page expects.',
    page: {},
    start: ({ origin }, isMended) =>
      oneServer((_, response) => {
        for (const [name, value] of Object.entries(allow(origin))) response.setHeader(name, value);
        response.end(isMended ? '["milk"]' : '<!doctype html>');
      }),
    request: {},
    code: 'allowed',
    cause: /./,
    chromium: null,
    works: "text.startsWith('[')",
    by: 'check',
  },
  {
    id: 'wrong-port',
    title: 'The port is wrong: nothing listens there',
    remedy: 'The server listens.',
    page: {},
    start: async ({ origin }, isMended) => {
      if (isMended) return oneServer((_, response) => reply(response, 200, allow(origin)));
      const port = await freePort();
      return { url: urlOf({ port }), close: () => Promise.resolve() };
    },
    request: {},
    code: 'network-failure',
    cause: /./,
    chromium: null,
    by: 'check',
  },
  {
    id: 'mixed-content',
    title: 'The page is at https, and asks for something at http',
    remedy: 'The server is at https, too.',
    page: { isSecure: true },
    start: async ({ origin }, isMended) => {
      const listener: RequestListener = (_, response) => reply(response, 200, allow(origin));
      const start = isMended ? listenSecurely : listen;
      const { port, close } = await start(listener);
      // Addresses of the own machine are exempt.
      return { url: `${isMended ? 'https' : 'http'}://api.example:${port}/notes`, close };
    },
    request: {},
    code: 'mixed-content',
    cause: /https/,
    chromium: null,
    by: 'why',
  },
];
