/**
 * The failures that docs/blocked.md shows, in its order: what a page asks for, and what it is answered.
 */
import type { FetchResponse, PageRequest } from '@cors/browser';

/** A failure that many developers meet. */
export interface Scenario {
  readonly id: string;
  /** In the words of who has it. */
  readonly title: string;
  readonly request: PageRequest;
  /** The answer to the preflight; null where none is asked for. */
  readonly preflight: FetchResponse | null;
  /** The answer to the request itself; null where the preflight fails, so that it is never sent. */
  readonly response: FetchResponse | null;
}

const origin = 'https://app.example.com';
const url = 'https://api.example.com/notes';
const allowOrigin = ['Access-Control-Allow-Origin', origin] as const;
const json = ['Content-Type', 'application/json'] as const;

/** All of them. */
export const SCENARIOS: readonly Scenario[] = [
  {
    id: 'no-header',
    title: 'The server sends no CORS headers',
    request: { origin, url },
    preflight: null,
    response: { status: 200, headers: [] },
  },
  {
    id: 'slash',
    title: 'The origin is listed, with a slash at its end',
    request: { origin, url },
    preflight: null,
    response: { status: 200, headers: [['Access-Control-Allow-Origin', `${origin}/`]] },
  },
  {
    id: 'scheme',
    title: 'The origin is listed, with http instead of https',
    request: { origin, url },
    preflight: null,
    response: {
      status: 200,
      headers: [
        ['Access-Control-Allow-Origin', 'http://app.example.com'],
        ['Vary', 'Origin'],
      ],
    },
  },
  {
    id: 'star-with-cookies',
    title: 'It worked with *, until the page sent cookies',
    request: { origin, url, credentialsMode: 'include' },
    preflight: null,
    response: { status: 200, headers: [['Access-Control-Allow-Origin', '*']] },
  },
  {
    id: 'credentials-not-true',
    title: 'Credentials are allowed, and it still fails',
    request: { origin, url, credentialsMode: 'include' },
    preflight: null,
    response: {
      status: 200,
      headers: [allowOrigin, ['Access-Control-Allow-Credentials', 'True'], ['Vary', 'Origin']],
    },
  },
  {
    id: 'two-headers',
    title: 'The header is there twice',
    request: { origin, url },
    preflight: null,
    response: { status: 200, headers: [allowOrigin, ['Access-Control-Allow-Origin', '*']] },
  },
  {
    id: 'preflight-401',
    title: 'OPTIONS gets 401, though the page sends a token',
    request: { origin, url, headers: [['Authorization', 'Bearer abc']] },
    preflight: { status: 401, headers: [['WWW-Authenticate', 'Bearer']] },
    response: null,
  },
  {
    id: 'preflight-redirect',
    title: 'OPTIONS is redirected',
    request: { origin, url, method: 'PUT' },
    preflight: { status: 308, headers: [['Location', `${url}/`]] },
    response: null,
  },
  {
    id: 'preflight-405',
    title: 'OPTIONS gets 404 or 405',
    request: { origin, url, method: 'DELETE' },
    preflight: { status: 405, headers: [['Allow', 'GET, DELETE']] },
    response: null,
  },
  {
    id: 'patch',
    title: 'PATCH is listed, and it still fails',
    request: { origin, url, method: 'patch' },
    preflight: {
      status: 204,
      headers: [allowOrigin, ['Access-Control-Allow-Methods', 'GET, POST, PATCH']],
    },
    response: null,
  },
  {
    id: 'content-type',
    title: 'A JSON POST fails, a GET does not',
    request: { origin, url, method: 'POST', headers: [json], body: { content: '{}' } },
    preflight: { status: 204, headers: [allowOrigin, ['Access-Control-Allow-Methods', 'POST']] },
    response: null,
  },
];
