/** Beside the middlewares that most applications have, before and after ours. */
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';
import { etag } from 'hono/etag';
import { secureHeaders } from 'hono/secure-headers';
import { stream } from 'hono/streaming';
import { expect, it, vi } from 'vitest';
import { cors } from '../src/index.js';
import { A, type App, EVIL, overSocket, POLICY } from './policy.js';

const TEXT = 'x'.repeat(2_000);
const MIDDLEWARES: readonly (readonly [name: string, make: () => MiddlewareHandler])[] = [
  ['compress', () => compress({ threshold: 0 })],
  ['secureHeaders', () => secureHeaders()],
  ['etag', () => etag()],
  ['serveStatic', () => serveStatic({ root: import.meta.dirname })],
];
/** What each does to `/text`, and must go on doing. */
const EFFECTS: Record<string, (reply: Response) => unknown> = {
  compress: ({ headers }) => headers.get('content-encoding') === 'gzip',
  secureHeaders: ({ headers }) => headers.get('x-content-type-options') === 'nosniff',
  etag: ({ headers }) => headers.has('etag'),
  serveStatic: ({ status }) => status === 200,
};

const all = MIDDLEWARES.map(([name]) => name);
const ORDERS: readonly (readonly [title: string, before: string[], after: string[]])[] = [
  ...all.map((name): [string, string[], string[]] => [`${name} before`, [name], []]),
  ...all.map((name): [string, string[], string[]] => [`${name} after`, [], [name]]),
  ['all before', all, []],
  ['all after', [], all],
  ['some before, some after', ['secureHeaders', 'etag'], ['compress', 'serveStatic']],
];

it.each(ORDERS)('%s', async (_, before, after) => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const make = (names: readonly string[]): MiddlewareHandler[] =>
    MIDDLEWARES.filter(([name]) => names.includes(name)).map(([, each]) => each());
  const app: App = new Hono();
  for (const each of [...make(before), cors(POLICY), ...make(after)]) app.use('*', each);
  app.get('/text', (context) => context.text(TEXT, 200, { Vary: 'Accept' }));
  app.get('/response', () => new Response(TEXT, { headers: { Vary: 'Accept' } }));
  app.get('/redirect', (context) => Response.redirect(new URL('/text', context.req.url)));
  app.get('/stream', (context) => {
    context.header('Content-Type', 'text/plain');
    return stream(context, (to) => to.write(TEXT) as Promise<never>);
  });
  app.get('/throw', () => {
    throw new Error('x');
  });
  const send = await overSocket(app);
  const present = [...before, ...after];
  const paths = ['/text', '/response', '/redirect', '/stream', '/throw', '/none'];
  if (present.includes('serveStatic')) paths.push('/company.test.ts');
  for (const path of paths) {
    for (const origin of [A, EVIL]) {
      const reply = await send('GET', path, { origin, 'accept-encoding': 'gzip' });
      const body = await reply.text();
      const statuses: Record<string, number> = { '/redirect': 302, '/throw': 500, '/none': 404 };
      expect([path, reply.status]).toEqual([path, statuses[path] ?? 200]);
      // A static file found before us never gets as far: which is why ours is mounted first.
      const isReached = path !== '/company.test.ts' || !before.includes('serveStatic');
      const allowOrigin = reply.headers.get('access-control-allow-origin');
      expect([path, allowOrigin]).toEqual([path, isReached && origin === A ? A : null]);
      const vary = (reply.headers.get('vary') ?? '').split(/, */);
      expect(vary.filter((name) => name === 'Origin')).toEqual(isReached ? ['Origin'] : []);
      if (path === '/text' || path === '/response') {
        expect([body, vary]).toEqual([TEXT, expect.arrayContaining(['Accept'])]);
      }
      if (path === '/text') {
        for (const name of present) expect([name, EFFECTS[name]!(reply)]).toEqual([name, true]);
      }
      if (path === '/stream') expect(body).toBe(TEXT);
    }
  }
  const asked = { 'access-control-request-method': 'PUT' };
  const preflight = await send('OPTIONS', '/text', { origin: A, ...asked });
  expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([
    204,
    'PUT',
  ]);
});
