import type { AddressInfo } from 'node:net';
import { serve, type ServerType } from '@hono/node-server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { app } from '../src/app.js';

let server: ServerType;
beforeAll(
  () =>
    new Promise<void>((resolve) => {
      server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve());
    }),
);
afterAll(() => new Promise((resolve) => server.close(resolve)));

const ask = async (path: string, init: RequestInit): Promise<Response> =>
  fetch(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}${path}`, init);

it('answers the preflight of an allowed page', async () => {
  const headers = { origin: 'http://localhost:5173', 'access-control-request-method': 'PUT' };
  const reply = await ask('/', { method: 'OPTIONS', headers });
  expect([reply.status, reply.headers.get('access-control-allow-methods')]).toEqual([
    204,
    'PUT,DELETE',
  ]);
});

it.each([
  ['/', 200],
  ['/missing', 404],
  ['/throw', 500],
])('lets an allowed page, and no other, read %s', async (path, status) => {
  const allowed = await ask(path, { headers: { origin: 'https://app.example.com' } });
  expect(allowed.status).toBe(status);
  expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
  const denied = await ask(path, { headers: { origin: 'https://evil.example' } });
  expect(denied.headers.get('access-control-allow-origin')).toBeNull();
  expect(denied.headers.get('vary')).toBe('Origin');
});
