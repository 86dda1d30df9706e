import type { INestApplication } from '@nestjs/common';

export const APP = 'https://app.example.com';
export const EVIL = 'https://evil.example';

export const GRANT = {
  'access-control-allow-origin': APP,
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': 'X-Total-Count',
  vary: 'Origin',
};
export const PREFLIGHT_GRANT = {
  'access-control-allow-origin': APP,
  'access-control-allow-credentials': 'true',
  'access-control-allow-methods': 'PUT,DELETE',
  'access-control-allow-headers': 'Content-Type',
  'access-control-max-age': '600',
  vary: 'Origin',
};

type Ask = (
  method: string,
  path: string,
  origin: string,
  init?: { body?: string | undefined; headers?: Record<string, string> },
) => Promise<Response>;

/** Asks an application that listens, as a page would. */
export function asker(app: () => INestApplication): Ask {
  return async (method, path, origin, { body, headers = {} } = {}) => {
    const type: Record<string, string> =
      body === undefined ? {} : { 'content-type': 'application/json' };
    const init = { method, body: body ?? null, headers: { origin, ...type, ...headers } };
    return fetch(`${await app().getUrl()}${path}`, init);
  };
}

/** All that a browser, or a cache, looks at. */
export function corsFields({ headers }: Response): Record<string, string> {
  const names = [...headers].filter(([name]) => /^(?:access-control-|vary$)/.test(name));
  return Object.fromEntries(names);
}
