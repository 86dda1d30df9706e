/** Replies in the forms that Koa has, beyond those of the conformance suite. */
import { createReadStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from 'koa';
import bodyParser from 'koa-bodyparser';
import session from 'koa-session';
import serveStatic from 'koa-static';
import { afterAll, describe, expect, it } from 'vitest';
import { noteReports } from '../../conformance/test/targets/note-reports.js';
import { lines } from '../../node/test/server.js';
import {
  A,
  asked,
  EVIL,
  outcome,
  POLICY,
  quietApp,
  start,
  startHttp2,
  VERSIONS,
} from './policy.js';

noteReports();

const folder = mkdtempSync(join(tmpdir(), 'cors-koa-'));
writeFileSync(join(folder, 'page.txt'), '0123456789');
mkdirSync(join(folder, 'directory'));
afterAll(() => rmSync(folder, { recursive: true }));

const PROTOCOLS = [
  ['HTTP/1.1', start] as const,
  ['HTTP/2', startHttp2 as unknown as typeof start] as const,
];

describe.each(VERSIONS)('$name', ({ framework }) => {
  describe.each(PROTOCOLS)('over %s', (_, serveApp) => {
    describe('static files', () => {
      it.each<[string, string, number]>([
        ['a file', '/page.txt', 200],
        ['a directory', '/directory', 404],
        ['nothing', '/none.txt', 404],
        ['a path outside', '/..%2fpage.txt', 403],
        ['a malformed path', '/%zz', 400],
      ])('%s', async (__, path, status) => {
        const send = await serveApp(quietApp(framework).use(serveStatic(folder)));
        expect(outcome(await send('GET', path, { origin: A }))).toEqual([status, [A], ['Origin']]);
        expect(outcome(await send('GET', path, { origin: EVIL }))).toEqual([
          status,
          [],
          ['Origin'],
        ]);
      });

      it('not modified', async () => {
        const app = quietApp(framework).use(async (context, next) => {
          await next();
          context.etag = 'one';
          if (context.fresh) context.status = 304;
        });
        const send = await serveApp(app.use(serveStatic(folder)));
        const [etag] = lines(await send('GET', '/page.txt', { origin: A }), 'etag');
        const reply = await send('GET', '/page.txt', { origin: A, 'if-none-match': etag! });
        expect([...outcome(reply), reply.body]).toEqual([304, [A], ['Origin'], '']);
      });
    });

    it.each<[string, (context: Context) => unknown, number]>([
      ['a string', (context) => (context.body = 'x'), 200],
      ['JSON', (context) => (context.body = { a: 1 }), 200],
      ['a buffer', (context) => (context.body = Buffer.from('x')), 200],
      ['a file', (context) => (context.body = createReadStream(join(folder, 'page.txt'))), 200],
      ['no body', (context) => (context.body = null), 204],
      ['a status alone', (context) => (context.status = 405), 405],
      ['an HTTP error', (context) => context.throw(401, 'no'), 401],
      [
        'an HTTP error with headers',
        (context) => context.throw(429, { headers: { 'Retry-After': '1', Vary: 'Cookie' } }),
        429,
      ],
      ['an assertion', (context) => context.assert(false, 415), 415],
      [
        'an error after headers were set',
        (context) => {
          context.set({ Vary: 'Accept', 'Access-Control-Allow-Origin': '*' });
          throw new Error('x');
        },
        500,
      ],
      ['what is no error', () => Promise.reject('a string'), 500],
      ['a redirect', (context) => context.redirect('/y'), 302],
      ['an attachment', (context) => (context.attachment('x.txt'), (context.body = 'x')), 200],
      [
        'headers flushed, then written',
        async (context) => {
          context.status = 200;
          context.respond = false;
          context.flushHeaders();
          await new Promise((resolve) => setTimeout(resolve, 5));
          context.res.end('x');
        },
        200,
      ],
      [
        'raw, past Koa',
        (context) => {
          context.respond = false;
          context.res.writeHead(202, { Vary: 'Accept', 'Access-Control-Allow-Origin': '*' });
          context.res.end('x');
        },
        202,
      ],
      [
        'raw, and Koa ends it',
        (context) => {
          context.res.statusCode = 203;
          context.res.write('x');
        },
        203,
      ],
    ])('%s', async (__, handler, status) => {
      const app = quietApp(framework);
      app.on('error', () => undefined);
      app.use(async (context) => {
        await handler(context);
      });
      const send = await serveApp(app);
      for (const origin of [A, EVIL]) {
        const reply = await send('GET', '/', { origin });
        const [code, allowOrigin, vary] = outcome(reply);
        expect([code, allowOrigin]).toEqual([status, origin === A ? [A] : []]);
        expect(vary).toEqual([expect.stringMatching(/\bOrigin$/)]);
      }
    });

    it('custom error handlers, further out and further in', async () => {
      const app = new framework();
      app.use(async (context, next) => {
        try {
          await next();
        } catch (error) {
          context.status = (error as { status?: number }).status ?? 500;
          context.body = { message: (error as Error).message };
        }
      });
      app.use(quietApp(framework).middleware[0]!);
      app.use(async (context, next) => {
        try {
          await next();
        } catch (error) {
          if (context.path === '/out') throw error;
          context.res.getHeaderNames().forEach((name) => context.remove(name));
          context.set('Vary', 'Cookie');
          context.body = 'caught';
        }
      });
      app.use((context) => context.throw(418, 'x'));
      const send = await serveApp(app);
      expect(outcome(await send('GET', '/out', { origin: A }))).toEqual([418, [A], ['Origin']]);
      expect(outcome(await send('GET', '/in', { origin: A }))).toEqual([
        200,
        [A],
        ['Cookie, Origin'],
      ]);
    });

    it('cookies and sessions', async () => {
      const app = quietApp(framework);
      app.keys = ['x'];
      app.use(session({ rolling: true }, app as never) as never);
      app.use((context) => {
        context.cookies.set('own', '1');
        (context as Context & { session: Record<string, unknown> }).session['seen'] = true;
        context.body = 'x';
      });
      const send = await serveApp(app);
      const reply = await send('GET', '/', { origin: A });
      expect(outcome(reply)).toEqual([200, [A], ['Origin']]);
      const names = lines(reply, 'set-cookie').map((line) => line.split('=')[0]);
      expect(names).toEqual(expect.arrayContaining(['own', 'koa.sess', 'koa.sess.sig']));
    });
  });

  it.each<[string, string, Record<string, string>, number]>([
    ['too large', '"too large"', {}, 413],
    ['no JSON', '{', {}, 400],
    ['in an unknown encoding', '1', { 'content-encoding': 'x-none' }, 415],
  ])('a body that is %s', async (_, body, headers, status) => {
    const app = quietApp(framework).use(bodyParser({ jsonLimit: '5b' }));
    const { port } = await start(app.use((context) => void (context.body = 'x')));
    const reply = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { origin: A, 'content-type': 'application/json', ...headers },
      body,
    });
    expect([reply.status, reply.headers.get('access-control-allow-origin')]).toEqual([status, A]);
    expect(reply.headers.get('vary')).toBe('Origin');
  });

  it('raw, by the old name of writeHead', async () => {
    const app = quietApp(framework).use((context) => {
      context.respond = false;
      const { writeHeader } = context.res as unknown as {
        writeHeader: ServerResponse['writeHead'];
      };
      writeHeader.call(context.res, 200, { Vary: 'Accept' });
      context.res.end('x');
    });
    const send = await start(app);
    expect(outcome(await send('GET', '/', { origin: A }))).toEqual([200, [A], ['Accept, Origin']]);
    expect(outcome(await send('GET', '/', { origin: EVIL }))).toEqual([
      200,
      [],
      ['Accept, Origin'],
    ]);
  });

  describe('preflights', () => {
    it('have no body, whatever was set before', async () => {
      const app = new framework().use((context, next) => {
        context.type = 'json';
        context.set('Transfer-Encoding', 'chunked');
        context.set('X-Outer', '1');
        return next();
      });
      app.use(quietApp(framework, { ...POLICY, optionsSuccessStatus: 200 }).middleware[0]!);
      const send = await start(app);
      for (const [origin, status] of [
        [A, 200],
        [EVIL, 403],
      ] as const) {
        const reply = await send('OPTIONS', '/', { origin, ...asked });
        expect([reply.status, reply.body, lines(reply, 'content-length')]).toEqual([
          status,
          '',
          ['0'],
        ]);
        expect([lines(reply, 'content-type'), lines(reply, 'x-outer')]).toEqual([[], ['1']]);
        expect(lines(reply, 'transfer-encoding')).toEqual([]);
      }
    });

    it('may be continued', async () => {
      const app = quietApp(framework, { ...POLICY, preflightContinue: true });
      app.use((context) => {
        context.status = 299;
        context.body = 'mine';
      });
      const send = await start(app);
      const reply = await send('OPTIONS', '/x', { origin: A, ...asked });
      expect([...outcome(reply), lines(reply, 'access-control-allow-methods'), reply.body]).toEqual(
        [299, [A], ['Origin'], ['PUT'], 'mine'],
      );
      expect((await send('OPTIONS', '/x', { origin: EVIL, ...asked })).status).toBe(403);
    });

    it('are not any other OPTIONS', async () => {
      const app = quietApp(framework).use((context) => {
        context.set('Allow', 'GET');
        context.body = 'mine';
      });
      const send = await start(app);
      expect((await send('OPTIONS', '/', { origin: A })).body).toBe('mine');
      expect((await send('OPTIONS', '/', asked)).body).toBe('mine');
    });
  });
});
