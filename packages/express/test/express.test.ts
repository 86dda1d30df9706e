/** Options, as Express's users give them, and what the conformance suite cannot ask of Express. */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { applicationHeader, applicationRoutes, openLogBook } from '@cors/conformance';
import { createCors, type Decision } from '@cors/core';
import type { ErrorRequestHandler, Request } from 'express';
import { describe, expect, it } from 'vitest';
import { noteReports } from '../../conformance/test/targets/note-reports.js';
import { serve } from '../../node/test/server.js';
import { cors } from '../src/index.js';
import { application } from './application.js';
import { VERSIONS } from './express.js';
import { A, asked, outcome, POLICY, quietApp } from './policy.js';

const reports = noteReports();

describe.each(VERSIONS)('$name', (version) => {
  const { name, express } = version;

  it('has every route of the suite that a framework without Response objects can have', async () => {
    const { port } = await serve(quietApp(express).use(application(version, openLogBook())));
    const errors = ['error-handling', 'malformed-paths', 'response-objects'];
    for (const { path, requires = '' } of applicationRoutes) {
      if (errors.includes(requires) || path === '/error-after-head') continue;
      const url = `http://127.0.0.1:${port}${path.replace(':code', '201')}`;
      const reply = await fetch(url, { redirect: 'manual' });
      expect(reply.headers.get(applicationHeader)).toBe(path);
      await reply.arrayBuffer();
    }
  });

  describe('options', () => {
    it('are refused at start-up', () => {
      expect(() => cors({ origin: ['a.example'] as string[] })).toThrow('origin-scheme-missing');
    });

    it('give the predicate, the choice and the hook the request of Express', async () => {
      const seen: [string, string | undefined][] = [];
      const see = (what: string, request: Request): void => {
        seen.push([what, `${request.baseUrl}${request.path} ${request.get('X-Tenant') ?? ''}`]);
      };
      const policy = createCors<Request>({
        origin: (_, request) => {
          see('origin', request);
          return true;
        },
      });
      const app = express();
      const choose = async (request: Request): Promise<typeof policy> => {
        see('policy', request);
        return policy;
      };
      const onDecision = (_: Decision, request: Request): void => see('onDecision', request);
      app.use('/api', cors({ policy: choose, onDecision }));
      const send = await serve(app);
      const reply = await send('GET', '/api/x', { origin: A, 'x-tenant': 't' });
      expect(outcome(reply)).toEqual([404, [A], ['Origin']]);
      expect(seen).toEqual(['policy', 'origin', 'onDecision'].map((what) => [what, '/api/x t']));
    });

    it('choose one policy for a request and its preflight', async () => {
      const open = createCors({ origin: '*', methods: ['DELETE'] });
      const listed = createCors(POLICY);
      const policies: Record<string, typeof open | undefined> = { open, listed };
      const app = quietApp(express, {
        policy: ({ path }) => policies[path.split('/')[1] ?? ''] ?? false,
      });
      app.all('/:policy/x', (_, response) => response.send('x'));
      const send = await serve(app);
      const both = async (path: string): Promise<unknown[]> =>
        Promise.all(
          ['GET', 'OPTIONS'].map(async (method) =>
            outcome(await send(method, path, { origin: A, ...asked })),
          ),
        );
      expect(await both('/open/x')).toEqual([
        [200, ['*'], ['Origin']],
        [204, ['*'], ['Origin']],
      ]);
      expect(await both('/listed/x')).toEqual([
        [200, [A], ['Origin']],
        [204, [A], ['Origin']],
      ]);
      expect(await both('/other/x')).toEqual([
        [200, [], ['Origin']],
        [200, [], ['Origin']],
      ]);
    });

    it('that are different on one request grant nothing, and warn once', async () => {
      const app = quietApp(express);
      app.get('/x', cors({ origin: '*' }), (_, response) => response.send('x'));
      app.get('/same', cors(POLICY), (_, response) => response.send('x'));
      const send = await serve(app);
      reports();
      for (let round = 0; round < 2; round += 1) {
        expect(outcome(await send('GET', '/x', { origin: A }))).toEqual([200, [], ['Origin']]);
      }
      expect(outcome(await send('GET', '/same', { origin: A }))).toEqual([200, [A], ['Origin']]);
      expect(reports()).toEqual(['CORS_POLICY_CONFLICT']);
    });

    it.each([
      [
        'throws',
        () => {
          throw new Error('boom');
        },
      ],
      ['rejects', async () => Promise.reject(new Error('boom'))],
    ] as const)('whose predicate %s: the error handlers get the error', async (_, origin) => {
      const errors: unknown[] = [];
      const app = quietApp(express, { origin });
      const handler: ErrorRequestHandler = (error: Error, __, response, next) => {
        if (response.headersSent) {
          next(error);
          return;
        }
        errors.push(error.message);
        response.status(503).set('Access-Control-Allow-Origin', '*').send('sorry');
      };
      app.get('/', (__, response) => response.send('not reached')).use(handler);
      const send = await serve(app);
      for (const method of ['GET', 'OPTIONS']) {
        const reply = await send(method, '/', { origin: A, ...asked });
        expect([...outcome(reply), reply.body]).toEqual([503, [], ['Origin'], 'sorry']);
      }
      expect(errors).toEqual(['boom', 'boom']);
    });
  });

  it('sends no Response that a handler returns, with or without us: why the target lacks these', async () => {
    const app = express();
    app.get('/', () => new Response('returned'));
    app.get('/', (_, response) => void response.end('by another handler'));
    const { port } = await serve(app);
    const reply = fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(300) });
    await expect(reply).rejects.toThrow('timeout');
  });

  it('serves no HTTP/2, with or without us: why the target lacks that', () => {
    // Express puts its responses, which are those of HTTP/1.1, in the place of those of HTTP/2.
    const program = `
      const { connect, createServer } = require('node:http2');
      const app = require('${name === 'Express 4' ? 'express4' : 'express'}')();
      app.get('/', (request, response) => response.end('x'));
      const server = createServer(app).listen(0, () => {
        const session = connect('http://localhost:' + server.address().port);
        session.request().on('response', () => process.exit(0));
      });`;
    const { status, stderr } = spawnSync(process.execPath, ['-e', program], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      timeout: 8_000,
    });
    expect([status, stderr]).toEqual([1, expect.stringContaining('TypeError: Cannot read')]);
  });
});
