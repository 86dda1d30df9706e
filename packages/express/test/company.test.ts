/** Beside the middlewares that most applications have, before and after ours. */
import compression from 'compression';
import session from 'express-session';
import helmet from 'helmet';
import type { RequestHandler } from 'express';
import { describe, expect, it } from 'vitest';
import { serve } from '../../node/test/server.js';
import { cors } from '../src/index.js';
import { VERSIONS } from './express.js';
import { A, EVIL, POLICY } from './policy.js';

const MIDDLEWARES: readonly (readonly [name: string, make: () => RequestHandler])[] = [
  ['helmet', () => helmet()],
  ['compression', () => compression({ threshold: 0 })],
  [
    'express-session',
    () => session({ secret: 'x', resave: false, saveUninitialized: true, rolling: true }),
  ],
];
/** What each does, besides, and must go on doing. */
const EFFECTS: Record<string, (reply: Response) => unknown> = {
  helmet: ({ headers }) => headers.get('x-content-type-options') === 'nosniff',
  compression: ({ headers }) => headers.get('content-encoding') === 'gzip',
  'express-session': ({ headers }) => headers.get('set-cookie')?.startsWith('connect.sid='),
};

describe.each(VERSIONS)('$name', ({ freshCopy }) => {
  const start = async (chain: readonly RequestHandler[]): Promise<string> => {
    const express = freshCopy();
    const app = express()
      .set('env', 'test')
      .use(...chain);
    app.get('/send', (_, response) => response.type('text').send('x'.repeat(2_000)));
    app.get('/stream', (_, response) => {
      response.type('text').write('x'.repeat(1_000));
      setImmediate(() => response.end('x'.repeat(1_000)));
    });
    app.get('/raw', (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/plain', Vary: 'Accept' });
      response.end('x'.repeat(2_000));
    });
    app.get('/throw', () => {
      throw new Error('x'.repeat(2_000));
    });
    const { port } = await serve(app);
    return `http://127.0.0.1:${port}`;
  };
  const all = MIDDLEWARES.map(([name]) => name);
  const ORDERS: readonly (readonly [title: string, before: string[], after: string[]])[] = [
    ...all.map((name): [string, string[], string[]] => [`${name} before`, [name], []]),
    ...all.map((name): [string, string[], string[]] => [`${name} after`, [], [name]]),
    ['all before', all, []],
    ['all after', [], all],
    ['some before, some after', ['express-session'], ['helmet', 'compression']],
  ];

  it.each(ORDERS)('%s', async (_, before, after) => {
    const make = (names: readonly string[]): RequestHandler[] =>
      MIDDLEWARES.filter(([name]) => names.includes(name)).map(([, each]) => each());
    const url = await start([...make(before), cors(POLICY), ...make(after)]);
    const present = [...before, ...after];
    for (const path of ['/send', '/stream', '/raw', '/throw', '/none']) {
      // Twice: the very first response of a copy of Express came before our `writeHead` was there.
      for (const origin of [A, EVIL, A]) {
        const reply = await fetch(url + path, { headers: { origin } });
        const body = await reply.text();
        const vary = (reply.headers.get('vary') ?? '')
          .split(', ')
          .map((name) => name.toLowerCase());
        expect(reply.status).toBe({ '/throw': 500, '/none': 404 }[path] ?? 200);
        expect(reply.headers.get('access-control-allow-origin')).toBe(origin === A ? A : null);
        expect(reply.headers.get('access-control-allow-credentials')).toBe(
          origin === A ? 'true' : null,
        );
        expect([
          vary.filter((name) => name === 'origin'),
          path === '/raw' ? vary : ['accept'],
        ]).toEqual([['origin'], expect.arrayContaining(['accept'])]);
        if (present.includes('compression')) expect(vary).toContain('accept-encoding');
        for (const name of present) expect([name, EFFECTS[name]!(reply)]).toEqual([name, true]);
        if (reply.status === 200) expect(body).toBe('x'.repeat(2_000));
      }
    }
    const preflight = await fetch(`${url}/send`, {
      method: 'OPTIONS',
      headers: { origin: A, 'access-control-request-method': 'PUT' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([
      204,
      'PUT',
    ]);
    // What is mounted before us sees preflights too, what is mounted after does not.
    expect(EFFECTS['helmet']!(preflight)).toBe(before.includes('helmet'));
  });
});
