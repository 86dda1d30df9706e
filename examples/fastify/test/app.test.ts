import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../src/app.js';

let app: FastifyInstance;
let address: string;
beforeAll(async () => {
  app = await createApp();
  address = await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => app.close());

const ask = async (path: string, init: RequestInit): Promise<Response> =>
  fetch(`${address}${path}`, init);

it.each(['/', '/items/7', '/missing'])(
  'answers the preflight of an allowed page: %s',
  async (path) => {
    const headers = { origin: 'http://localhost:5173', 'access-control-request-method': 'PUT' };
    const reply = await ask(path, { method: 'OPTIONS', headers });
    expect([reply.status, reply.headers.get('access-control-allow-methods')]).toEqual([
      204,
      'PUT,DELETE',
    ]);
  },
);

it.each([
  ['/', 200],
  ['/missing', 404],
  ['/throw', 500],
  ['/%zz', 400],
])('lets an allowed page, and no other, read %s', async (path, status) => {
  const allowed = await ask(path, { headers: { origin: 'https://app.example.com' } });
  expect(allowed.status).toBe(status);
  expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
  const denied = await ask(path, { headers: { origin: 'https://evil.example' } });
  expect(denied.headers.get('access-control-allow-origin')).toBeNull();
  expect(denied.headers.get('vary')).toBe('Origin');
});

it('lets any page read the fonts, and no page the metrics', async () => {
  const headers = { origin: 'https://anywhere.example' };
  const font = await ask('/fonts/a', { headers });
  expect(font.headers.get('access-control-allow-origin')).toBe('*');
  const preflight = await ask('/fonts/a', {
    method: 'OPTIONS',
    headers: { ...headers, 'access-control-request-method': 'GET' },
  });
  expect([preflight.status, preflight.headers.get('access-control-max-age')]).toEqual([
    204,
    '3600',
  ]);
  const metrics = await ask('/metrics', { headers: { origin: 'https://app.example.com' } });
  expect(metrics.headers.get('access-control-allow-origin')).toBeNull();
});
