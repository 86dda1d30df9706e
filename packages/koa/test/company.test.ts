/** Beside the middlewares that most applications have, before and after ours. */
import type { Middleware } from 'koa';
import bodyParser from 'koa-bodyparser';
import compress from 'koa-compress';
import serveStatic from 'koa-static';
import { describe, expect, it } from 'vitest';
import { cors } from '../src/index.js';
import { A, EVIL, POLICY, start, VERSIONS } from './policy.js';

const MIDDLEWARES: readonly (readonly [name: string, make: () => Middleware])[] = [
  ['koa-bodyparser', () => bodyParser() as Middleware],
  ['koa-compress', () => compress({ threshold: 0 }) as Middleware],
  ['koa-static', () => serveStatic(import.meta.dirname) as Middleware],
];
const TEXT = 'x'.repeat(2_000);

describe.each(VERSIONS)('$name', ({ framework }) => {
  const serveChain = async (chain: readonly Middleware[]): Promise<string> => {
    const app = new framework();
    app.silent = true;
    for (const each of chain) app.use(each);
    app.use((context) => {
      context.vary('Accept');
      switch (context.path) {
        case '/send':
          context.body = TEXT;
          break;
        case '/body':
          context.body = context.request.body;
          break;
        case '/raw':
          context.respond = false;
          context.res.writeHead(200, { Vary: 'Accept', 'Content-Type': 'text/plain' });
          context.res.end(TEXT);
          break;
        case '/throw':
          throw new Error(TEXT);
      }
    });
    const { port } = await start(app);
    return `http://127.0.0.1:${port}`;
  };
  const all = MIDDLEWARES.map(([name]) => name);
  const ORDERS: readonly (readonly [title: string, before: string[], after: string[]])[] = [
    ...all.map((name): [string, string[], string[]] => [`${name} before`, [name], []]),
    ...all.map((name): [string, string[], string[]] => [`${name} after`, [], [name]]),
    ['all before', all, []],
    ['all after', [], all],
    ['some before, some after', ['koa-compress'], ['koa-bodyparser', 'koa-static']],
  ];

  it.each(ORDERS)('%s', async (_, before, after) => {
    const make = (names: readonly string[]): Middleware[] =>
      MIDDLEWARES.filter(([name]) => names.includes(name)).map(([, each]) => each());
    const url = await serveChain([...make(before), cors(POLICY), ...make(after)]);
    const present = [...before, ...after];
    const paths = ['/send', '/raw', '/throw', '/none'];
    if (present.includes('koa-static')) paths.push('/company.test.ts');
    if (present.includes('koa-bodyparser')) paths.push('/body');
    for (const path of paths) {
      for (const origin of [A, EVIL]) {
        const reply = await fetch(url + path, {
          headers: { origin, 'content-type': 'application/json', 'accept-encoding': 'gzip' },
          ...(path === '/body' && { method: 'POST', body: '{"a":1}' }),
        });
        const body = await reply.text();
        expect(reply.status).toBe({ '/throw': 500, '/none': 404 }[path] ?? 200);
        // A static file found before us never gets as far: which is why ours is mounted first.
        const isReached = path !== '/company.test.ts' || !before.includes('koa-static');
        const allowOrigin = reply.headers.get('access-control-allow-origin');
        expect([path, allowOrigin]).toEqual([path, isReached && origin === A ? A : null]);
        const vary = (reply.headers.get('vary') ?? '').split(/, */);
        expect(vary.filter((name) => name === 'Origin')).toEqual(isReached ? ['Origin'] : []);
        if (path === '/send') {
          expect([body, vary]).toEqual([TEXT, expect.arrayContaining(['Accept'])]);
          const encoding = present.includes('koa-compress') ? 'gzip' : null;
          expect(reply.headers.get('content-encoding')).toBe(encoding);
          if (encoding !== null) expect(vary).toContain('Accept-Encoding');
        }
        if (path === '/body') expect(body).toBe('{"a":1}');
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
  });
});
