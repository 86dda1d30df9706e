import { serve } from 'h3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp, policy } from '../src/app.js';
import { notes } from '../src/notes.js';

const APP = 'https://app.example.com';
const NOTHING = '{"error":"There is nothing here."}';
let server: ReturnType<typeof serve>;
beforeAll(async () => {
  const app = createApp(policy, notes());
  server = serve(app, { port: 0, hostname: '127.0.0.1', silent: true });
  await server.ready();
});
afterAll(() => server.close(true));

const ask = async (method: string, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(new URL(path, server.url), { method, ...init });

it('answers the preflight of an allowed page', async () => {
  const headers = { origin: 'http://localhost:5173', 'access-control-request-method': 'PUT' };
  const reply = await ask('OPTIONS', '/notes/1', { headers });
  expect([reply.status, reply.headers.get('access-control-allow-methods')]).toEqual([
    204,
    'PUT,DELETE',
  ]);
});

it.each([
  ['GET', '/notes', null, 200, '[]'],
  ['PUT', '/notes/1', '{"text":"hello"}', 204, ''],
  ['PUT', '/notes/2', '{', 400, '{"error":"Invalid JSON body"}'],
  ['DELETE', '/notes/3', null, 404, NOTHING],
  ['GET', '/missing', null, 404, NOTHING],
])(
  'lets an allowed page, and no other, read %s %s %s: %d',
  async (method, path, body, status, text) => {
    const headers = { 'content-type': 'application/json' };
    const allowed = await ask(method, path, { body, headers: { ...headers, origin: APP } });
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([
      status,
      APP,
    ]);
    expect(await allowed.text()).toBe(text);
    const evil = 'https://evil.example';
    const denied = await ask(method, path, { body, headers: { ...headers, origin: evil } });
    expect(denied.headers.get('access-control-allow-origin')).toBeNull();
    expect(denied.headers.get('vary')).toBe('Origin');
  },
);
