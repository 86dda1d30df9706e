import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp, policy } from '../src/app.js';
import { routes } from '../src/routes.js';

const APP = 'https://app.example.com';
const NOTHING = '{"error":"There is nothing here."}';
let app: FastifyInstance;
let address: string;
beforeAll(async () => {
  app = await createApp(policy, routes);
  address = await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => app.close());

const ask = async (method: string, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${address}${path}`, { method, ...init });

it.each(['/notes', '/notes/7', '/missing'])(
  'answers the preflight of an allowed page: %s',
  async (path) => {
    const headers = { origin: 'http://localhost:5173', 'access-control-request-method': 'PUT' };
    const reply = await ask('OPTIONS', path, { headers });
    expect([reply.status, reply.headers.get('access-control-allow-methods')]).toEqual([
      204,
      'PUT,DELETE',
    ]);
  },
);

it.each([
  ['GET', '/notes', null, 200, '[]'],
  ['PUT', '/notes/1', '{"text":"hello"}', 204, ''],
  ['PUT', '/notes/2', '{', 400, '{"error":"That did not work."}'],
  ['DELETE', '/notes/3', null, 404, NOTHING],
  ['GET', '/missing', null, 404, NOTHING],
  ['GET', '/%zz', null, 400, '{"error":"That did not work."}'],
])(
  'lets an allowed page, and no other, read %s %s %s: %d',
  async (method, path, body, status, text) => {
    const type = body === null ? {} : { 'content-type': 'application/json' };
    const allowed = await ask(method, path, { body, headers: { ...type, origin: APP } });
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([
      status,
      APP,
    ]);
    expect(await allowed.text()).toBe(text);
    const evil = 'https://evil.example';
    const denied = await ask(method, path, { body, headers: { ...type, origin: evil } });
    expect(denied.headers.get('access-control-allow-origin')).toBeNull();
    expect(denied.headers.get('vary')).toBe('Origin');
  },
);

it('lets any page read the fonts, and no page the metrics', async () => {
  const headers = { origin: 'https://anywhere.example' };
  const font = await ask('GET', '/fonts/a', { headers });
  expect(font.headers.get('access-control-allow-origin')).toBe('*');
  const preflight = await ask('OPTIONS', '/fonts/a', {
    headers: { ...headers, 'access-control-request-method': 'GET' },
  });
  expect([preflight.status, preflight.headers.get('access-control-max-age')]).toEqual([
    204,
    '3600',
  ]);
  const metrics = await ask('GET', '/metrics', { headers: { origin: APP } });
  expect(metrics.headers.get('access-control-allow-origin')).toBeNull();
});
