/** An Access-Control-Allow-Origin that is not the page's. */
import { oneServer, reply } from '../api-server.js';
import type { Failure, LabPage } from '../failure.js';

const named = 'The server names the origin of the page, as the browser writes it.';

/** A server that always sends this value. */
const sending =
  (value: (page: LabPage) => string): Failure['start'] =>
  (page, isMended) =>
    oneServer((_, response) => {
      const origin = isMended ? page.origin : value(page);
      reply(response, 200, { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' });
    });

const mismatch = {
  remedy: named,
  request: {},
  code: 'allow-origin-mismatch',
  chromium: 'AllowOriginMismatch',
  by: 'check',
} as const;

/** One origin for another, or several at once. */
export const wrongOrigins: readonly Failure[] = [
  {
    ...mismatch,
    id: 'other-scheme',
    title: 'The server allows https, and the page is at http',
    page: {},
    start: sending(({ origin }) => origin.replace('http:', 'https:')),
    cause: /scheme/,
  },
  {
    ...mismatch,
    id: 'other-port',
    title: 'The server allows another port than the development server has',
    page: {},
    start: sending(({ origin }) => origin.replace(/:\d+$/, ':3000')),
    cause: /port/,
  },
  {
    ...mismatch,
    id: 'slash',
    title: 'The origin has a slash at its end',
    page: {},
    start: sending(({ origin }) => `${origin}/`),
    cause: /slash/,
    chromium: 'AllowOriginMismatch',
  },
  {
    ...mismatch,
    id: 'www',
    title: 'The server allows the site without www, and the page has it',
    page: { host: 'www.app.example' },
    start: sending(({ origin }) => origin.replace('www.', '')),
    cause: /www\.app\.example/,
  },
  {
    ...mismatch,
    id: 'upper-case',
    title: 'The origin is written in upper case',
    page: {},
    start: sending(({ origin }) => origin.replace('app.example', 'App.Example')),
    cause: /capital/,
  },
  {
    id: 'list-in-one-header',
    title: 'All origins stand in one header, with commas',
    remedy: 'The server sends the one that asks.',
    page: {},
    start: sending(({ origin }) => `${origin}, https://admin.example`),
    request: {},
    code: 'allow-origin-list',
    cause: /admin\.example/,
    chromium: 'MultipleAllowOriginValues',
    by: 'check',
  },
  {
    id: 'sandboxed-frame',
    title: 'The page is in a sandboxed frame, and its origin is null',
    remedy: 'What is for everybody is sent with *.',
    page: { isSandboxed: true },
    start: ({ server }, isMended) =>
      oneServer((_, response) => {
        const fields = { 'Access-Control-Allow-Origin': isMended ? '*' : server, Vary: 'Origin' };
        reply(response, 200, fields);
      }),
    request: {},
    code: 'allow-origin-mismatch',
    cause: /null/,
    chromium: 'AllowOriginMismatch',
    by: 'check',
  },
];
