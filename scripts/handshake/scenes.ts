/**
 * The fetches that docs/handshake.md shows, in its order.
 */
import type { PageFetch } from '../demo/browser.js';
import type { ServerName } from './servers.js';

/** A page's fetch, and which server it goes to. */
export interface HandshakeScene {
  readonly title: string;
  readonly server: ServerName;
  readonly fetch: PageFetch;
}

const APP = 'https://app.example.com';
const JSON_TYPE = [['Content-Type', 'application/json']] as const;
const body = '{"text":"milk"}';
const common = { path: '/notes', host: 'api.example.com' };
const withoutCookies = { ...common, credentialsMode: 'same-origin' } as const;

/** All of them. */
export const SCENES: readonly HandshakeScene[] = [
  {
    title: 'A simple request, from a page that is allowed',
    server: 'listed',
    fetch: { ...withoutCookies, origin: APP, method: 'GET', headers: [] },
  },
  {
    title: 'The same, from a page that is not',
    server: 'listed',
    fetch: { ...withoutCookies, origin: 'https://evil.example', method: 'GET', headers: [] },
  },
  {
    title: 'A POST with a JSON body',
    server: 'listed',
    fetch: { ...withoutCookies, origin: APP, method: 'POST', headers: JSON_TYPE, body },
  },
  {
    title: 'The same, where the policy does not list Content-Type',
    server: 'without-content-type',
    fetch: { ...withoutCookies, origin: APP, method: 'POST', headers: JSON_TYPE, body },
  },
  {
    title: 'A preflight from a page that is not allowed',
    server: 'listed',
    fetch: {
      ...withoutCookies,
      origin: 'https://evil.example',
      method: 'POST',
      headers: JSON_TYPE,
      body,
    },
  },
  {
    title: 'Cookies, with an origin that is named',
    server: 'listed',
    fetch: { ...common, origin: APP, method: 'GET', headers: [] },
  },
  {
    title: 'No cookies, with a star',
    server: 'public',
    fetch: { ...withoutCookies, origin: APP, method: 'GET', headers: [] },
  },
  {
    title: 'Cookies, with a star',
    server: 'by-hand',
    fetch: { ...common, origin: APP, method: 'GET', headers: [] },
  },
  {
    title: 'JSON that calls itself text, from a page that is not allowed',
    server: 'listed',
    fetch: {
      ...withoutCookies,
      origin: 'https://evil.example',
      method: 'POST',
      headers: [['Content-Type', 'text/plain']],
      body,
    },
  },
];
