import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { server } from '../src/server.js';

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
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

it.each(['/', '/missing'])('lets an allowed page, and no other, read %s', async (path) => {
  const allowed = await ask(path, { headers: { origin: 'https://app.example.com' } });
  expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
  const denied = await ask(path, { headers: { origin: 'https://evil.example' } });
  expect(denied.headers.get('access-control-allow-origin')).toBeNull();
  expect(denied.headers.get('vary')).toBe('Origin');
});
