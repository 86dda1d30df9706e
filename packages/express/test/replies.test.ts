/** Replies in the forms that Express has, beyond those of the conformance suite. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorRequestHandler } from 'express';
import { afterAll, describe, expect, it } from 'vitest';
import { noteReports } from '../../conformance/test/targets/note-reports.js';
import { lines, serve } from '../../node/test/server.js';
import { VERSIONS } from './express.js';
import { A, asked, EVIL, outcome, POLICY, quietApp } from './policy.js';

noteReports();

const folder = mkdtempSync(join(tmpdir(), 'cors-express-'));
writeFileSync(join(folder, 'page.txt'), '0123456789');
mkdirSync(join(folder, 'directory'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(VERSIONS)('$name', ({ express, catchesRejections }) => {
  describe('static files', () => {
    it.each<[string, string, Record<string, string>, number]>([
      ['a file', '/page.txt', {}, 200],
      ['a part', '/page.txt', { range: 'bytes=0-3' }, 206],
      ['a part that is not there', '/page.txt', { range: 'bytes=99-' }, 416],
      ['a redirect to a directory', '/directory', {}, 301],
      ['nothing', '/none.txt', {}, 404],
      ['a path outside', '/..%2fpage.txt', {}, 403],
      ['a malformed path', '/%zz', {}, 400],
    ])('%s', async (_, path, headers, status) => {
      const app = quietApp(express).use(express.static(folder, { fallthrough: false }));
      const send = await serve(app);
      for (const method of ['GET', 'HEAD']) {
        const reply = await send(method, path, { origin: A, ...headers });
        expect(outcome(reply)).toEqual([status, [A], ['Origin']]);
      }
      const denied = await send('GET', path, { origin: EVIL, ...headers });
      expect(outcome(denied)).toEqual([status, [], ['Origin']]);
    });

    it('not modified', async () => {
      const send = await serve(quietApp(express).use(express.static(folder)));
      const [etag] = lines(await send('GET', '/page.txt', { origin: A }), 'etag');
      const reply = await send('GET', '/page.txt', { origin: A, 'if-none-match': etag! });
      expect([...outcome(reply), reply.body]).toEqual([304, [A], ['Origin'], '']);
    });
  });

  describe('replies', () => {
    it.each<[string, string, number]>([
      ['made by send', '/send', 200],
      ['without a route', '/none', 404],
      ['to a body too large', '/body', 413],
      ['to a body in an unknown encoding', '/encoded', 415],
      ['to a body that is no JSON', '/broken', 400],
      ['to an error with a status', '/429', 429],
      ['to an error thrown', '/throw', 500],
      ['to an error given to next', '/next', 500],
      ['to a rejected promise', '/reject', 500],
      ['of sendFile', '/file', 200],
      ['of sendStatus', '/status', 401],
      ['of jsonp', '/jsonp?callback=f', 200],
      ['of download', '/download', 200],
      ['of format', '/format', 406],
    ])('%s', async (_, path, status) => {
      const make = (handled: boolean) => {
        const app = quietApp(express);
        app.get('/send', (__, response) => response.send('ok'));
        app.get('/429', (__, ___, next) => next(Object.assign(new Error(), { status: 429 })));
        app.get('/throw', () => {
          throw new Error('thrown');
        });
        app.get('/next', (__, ___, next) => next(new Error('next')));
        app.get('/reject', (__, ___, next) => {
          const rejected = Promise.reject(new Error('rejected'));
          return catchesRejections ? rejected : rejected.catch(next);
        });
        app.get('/file', (__, response) => response.sendFile(join(folder, 'page.txt')));
        app.get('/status', (__, response) => response.sendStatus(401));
        app.get('/jsonp', (__, response) => response.jsonp({}));
        app.get('/download', (__, response) => response.download(join(folder, 'page.txt')));
        app.get('/format', (__, response) => response.format({ html: () => response.send('') }));
        app.use(express.json({ limit: 5 }));
        // All that an error handler may do to the headers that were set before.
        const handler: ErrorRequestHandler = (error: { status?: number }, __, response, next) => {
          if (response.headersSent) {
            next(error);
            return;
          }
          for (const name of response.getHeaderNames()) response.removeHeader(name);
          response
            .status(error.status ?? 500)
            .set('Vary', 'Cookie')
            .json({ handled });
        };
        return handled ? app.use(handler) : app;
      };
      const sent: Record<string, [string, Record<string, string>]> = {
        '/body': ['"too large"', {}],
        '/encoded': ['1', { 'content-encoding': 'x-none' }],
        '/broken': ['{', {}],
      };
      for (const handled of [false, true]) {
        const { port } = await serve(make(handled));
        const [body, headers] = sent[path] ?? [];
        const accept = path === '/format' ? 'text/csv' : '*/*';
        for (const origin of [A, EVIL]) {
          const reply = await fetch(`http://127.0.0.1:${port}${path}`, {
            method: body === undefined ? 'GET' : 'POST',
            headers: { origin, accept, 'content-type': 'application/json', ...headers },
            ...(body !== undefined && { body }),
          });
          await reply.arrayBuffer();
          expect(reply.status).toBe(status);
          expect(reply.headers.get('access-control-allow-origin')).toBe(origin === A ? A : null);
          expect(reply.headers.get('vary')).toMatch(/\bOrigin$/);
        }
      }
    });

    it('to an OPTIONS that is no preflight are the application’s', async () => {
      const app = quietApp(express);
      app.get('/x', (_, response) => response.send('x'));
      const send = await serve(app);
      const automatic = await send('OPTIONS', '/x', { origin: A });
      expect([...outcome(automatic), lines(automatic, 'allow')]).toEqual([
        200,
        [A],
        ['Origin'],
        [expect.stringMatching(/^GET, ?HEAD$/)],
      ]);
      expect(outcome(await send('OPTIONS', '/x', { origin: A, ...asked }))).toEqual([
        204,
        [A],
        ['Origin'],
      ]);
    });

    it('to a preflight may be continued', async () => {
      const app = quietApp(express, { ...POLICY, preflightContinue: true });
      app.options('/x', (_, response) => response.status(299).send('mine'));
      const send = await serve(app);
      const reply = await send('OPTIONS', '/x', { origin: A, ...asked });
      expect([...outcome(reply), lines(reply, 'access-control-allow-methods')]).toEqual([
        299,
        [A],
        ['Origin'],
        ['PUT'],
      ]);
      expect((await send('OPTIONS', '/x', { origin: EVIL, ...asked })).status).toBe(403);
    });
  });
});
