import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { applicationRoutes, matchRoute, splitPolicyName } from '../src/index.js';
import { openLogBook, parseApplicationLog } from '../src/application-log.js';
import type { WireRequest, WireResponse } from '../src/audit.js';
import { type Client, createClient } from '../src/client.js';
import { fetchApplication, fetchErrorHandler } from '../src/fetch-application.js';
import { linesOf } from '../src/field-syntax.js';
import { nodeApplication, runNodeHandler } from '../src/node-application.js';
import { listenHttp1, listenHttp2 } from './targets/listening.js';

/** What a route is asked and must answer, CORS engine or not. */
interface Case {
  readonly route: string;
  readonly request?: Partial<WireRequest>;
  readonly status?: number;
  readonly body?: string;
  readonly fields?: Readonly<Record<string, readonly string[]>>;
  /** Absent: the route's own. */
  readonly application?: string | null;
  readonly interim?: readonly number[];
  readonly on?: readonly Implementation[];
}

type Implementation = 'node:http' | 'node:http2' | 'fetch';

const ownOrigin = 'https://handler.example';
const node: readonly Implementation[] = ['node:http', 'node:http2'];
const rawFields = {
  Vary: ['Accept'],
  'X-Own': ['1'],
  'Set-Cookie': ['a=1', 'b=2'],
  'Access-Control-Allow-Origin': [ownOrigin],
};

const cases: readonly Case[] = [
  { route: '/ok', fields: { 'Content-Type': ['text/plain'], Vary: [] } },
  { route: '/ok', request: { method: 'OPTIONS' } },
  { route: '/ok', request: { method: 'HEAD' }, body: '' },
  { route: '/ok', request: { path: '/ok?x=/status/500' } },
  ...[201, 301, 302, 303, 307, 308].map((status) => ({
    route: '/status/:code',
    request: { path: `/status/${status}` },
    status,
    body: `status ${status}`,
    fields: { Location: ['/ok'] },
  })),
  ...[400, 403, 404, 413, 415, 500].map((status) => ({
    route: '/status/:code',
    request: { path: `/status/${status}` },
    status,
    body: `status ${status}`,
  })),
  ...[204, 304].map((status) => ({
    route: '/status/:code',
    request: { path: `/status/${status}` },
    status,
    body: '',
    fields: { ETag: status === 304 ? ['"v1"'] : [] },
  })),
  {
    route: '/status/:code',
    request: { path: '/status/206' },
    status: 206,
    body: 'status 206',
    fields: { 'Content-Range': ['bytes 0-9/100'] },
  },
  {
    route: '/status/:code',
    request: { path: '/status/401' },
    status: 401,
    body: 'status 401',
    fields: { 'WWW-Authenticate': ['Basic realm="application"'] },
  },
  {
    route: '/status/:code',
    request: { path: '/status/405' },
    status: 405,
    body: 'status 405',
    fields: { Allow: ['GET'] },
  },
  {
    route: '/status/:code',
    request: { path: '/status/429' },
    status: 429,
    body: 'status 429',
    fields: { 'Retry-After': ['1'] },
  },
  { route: '/guarded', status: 401, body: 'status 401' },
  { route: '/guarded', request: { headers: [['Authorization', 'Basic eDp5']] } },
  { route: '/get-only' },
  {
    route: '/get-only',
    request: { method: 'OPTIONS' },
    status: 405,
    body: 'method not allowed',
    fields: { Allow: ['GET, HEAD'] },
  },
  { route: '/malformed/%zz', status: 400, body: 'malformed path' },
  { route: '/vary/set', fields: { Vary: ['Accept'] } },
  { route: '/vary/array', fields: { Vary: ['Accept', 'Accept-Language'] }, on: node },
  { route: '/vary/array', fields: { Vary: ['Accept, Accept-Language'] }, on: ['fetch'] },
  { route: '/vary/lower', fields: { Vary: ['accept, ORIGIN'] } },
  { route: '/vary/star', fields: { Vary: ['*'] } },
  { route: '/vary/append', fields: { Vary: ['Accept'] } },
  { route: '/vary/remove', fields: { Vary: [] } },
  ...['object', 'pairs', 'reason', 'shared', 'twice', 'status-only'].map((form) => ({
    route: `/write-head/${form}`,
    fields: rawFields,
    // The compatibility layer of HTTP/2 takes pairs and flat lists, but keeps one cookie of two.
    on: form === 'pairs' ? (['node:http'] as const) : node,
  })),
  { route: '/write-head/flat', fields: rawFields, on: ['node:http'] },
  {
    route: '/write-head/after-set-header',
    fields: { ...rawFields, 'X-Set': ['1'] },
    on: node,
  },
  {
    route: '/own-cors',
    fields: {
      'Access-Control-Allow-Origin': [ownOrigin],
      'Access-Control-Allow-Credentials': ['true'],
      'Access-Control-Allow-Methods': ['PATCH'],
      'Access-Control-Allow-Headers': ['X-Handler'],
      'Access-Control-Expose-Headers': ['X-Handler'],
      'Access-Control-Max-Age': ['1'],
    },
  },
  { route: '/own-cors/lower', fields: { 'Access-Control-Allow-Origin': [ownOrigin] } },
  {
    route: '/own-cors/twice',
    fields: { 'Access-Control-Allow-Origin': [ownOrigin, 'https://a.example'] },
    on: node,
  },
  {
    route: '/own-cors/twice',
    fields: { 'Access-Control-Allow-Origin': [`${ownOrigin}, https://a.example`] },
    on: ['fetch'],
  },
  {
    route: '/own-cors/expose',
    fields: { 'Access-Control-Expose-Headers': ['X-Handler, not a token, x-handler'] },
  },
  {
    route: '/fields',
    fields: {
      'X-Own': ['1'],
      'Cache-Control': ['private, max-age=60'],
      'Content-Type': ['application/x-own'],
      'Set-Cookie': ['a=1', 'b=2'],
      'Cross-Origin-Resource-Policy': ['same-site'],
      'Timing-Allow-Origin': [ownOrigin],
    },
  },
  ...['/throw', '/reject', '/own-cors/throw'].flatMap((route) => [
    { route, status: 500, body: 'internal error', on: node },
    { route, status: 500, body: 'internal error', application: null, on: ['fetch'] as const },
  ]),
  { route: '/stream', body: 'one two three' },
  {
    route: '/events',
    body: 'data: 1\n\ndata: 2\n\ndata: 3\n\n',
    fields: { 'Content-Type': ['text/event-stream'] },
  },
  { route: '/flush' },
  {
    route: '/early-hints',
    interim: [103],
    on: node,
  },
  { route: '/slow' },
  { route: '/large', body: 'x'.repeat(262_144) },
  { route: '/redirect', status: 302, body: 'status 302', fields: { Location: ['/ok'] } },
  {
    route: '/immutable',
    status: 302,
    body: '',
    application: null,
    fields: { Location: ['http://target.test/ok'] },
    on: ['fetch'],
  },
  { route: '/immutable/fetched', application: null, on: ['fetch'] },
  { route: '/shared-response', body: '', on: ['fetch'] },
  { route: '/shared-response', body: '', on: ['fetch'] },
  { route: '/shared-headers', on: ['fetch'] },
  { route: '/shared-headers', on: ['fetch'] },
  { route: '/echo-body', request: { method: 'PUT', body: 'é' }, body: 'é' },
  {
    route: '/socket',
    request: {
      headers: [
        ['Connection', 'Upgrade'],
        ['Upgrade', 'test'],
      ],
    },
    status: 101,
    body: '',
    application: null,
    fields: { Upgrade: ['test'] },
    on: ['node:http'],
  },
  {
    route: '/socket',
    status: 426,
    body: 'upgrade required',
    fields: { Upgrade: ['test'] },
    on: ['node:http'],
  },
  { route: '/log', body: '{"asked":[],"decisions":[],"reports":[]}' },
  ...['/nowhere', '/', '/status/:code', '/status/99', '/status/600', '/ok/', '/write-head'].map(
    (path) => ({
      route: path,
      status: 404,
      body: 'unknown path',
      application: 'unknown',
    }),
  ),
];

const clients = new Map<Implementation, Client>();
const closing: (() => Promise<void>)[] = [];
const anyScenario = {
  id: 'any',
  description: '',
  setup: { kind: 'policy', policy: { origin: '*' } },
} as const;

beforeAll(async () => {
  const http1Application = nodeApplication({ log: openLogBook() });
  const http1 = await listenHttp1(anyScenario, (request, response) =>
    runNodeHandler(http1Application, request, response),
  );
  const http2Application = nodeApplication({ log: openLogBook() });
  const http2 = await listenHttp2((request, response) =>
    runNodeHandler(http2Application, request, response),
  );
  const application = fetchApplication({ log: openLogBook() });
  const fetch = async (request: Request): Promise<Response> => {
    try {
      return await application(request);
    } catch {
      return fetchErrorHandler();
    }
  };
  clients.set('node:http', createClient(http1.address));
  clients.set('node:http2', createClient(http2.address));
  clients.set('fetch', createClient({ protocol: 'memory', fetch }));
  closing.push(http1.close, http2.close);
});

afterAll(async () => {
  for (const close of closing) await close();
});

function requestOf({ route, request }: Case): WireRequest {
  return { method: 'GET', path: route, headers: [], ...request };
}

function summary(response: WireResponse, { fields = {} }: Case): unknown {
  return {
    status: response.status,
    body: response.body,
    application: linesOf(response.headers, 'X-Application')[0] ?? null,
    interim: response.interim.map(({ status }) => status),
    fields: Object.fromEntries(
      Object.keys(fields).map((name) => [name, linesOf(response.headers, name)]),
    ),
  };
}

describe.each<Implementation>(['node:http', 'node:http2', 'fetch'])('on %s', (implementation) => {
  const own = cases.filter(({ on }) => on === undefined || on.includes(implementation));

  test.each(own.map((one) => [`${requestOf(one).method} ${requestOf(one).path}`, one] as const))(
    '%s',
    async (_name, one) => {
      const response = await clients.get(implementation)!.send(requestOf(one));
      expect(summary(response, one)).toEqual({
        status: one.status ?? 200,
        body: one.body ?? 'ok',
        application: one.application === undefined ? one.route : one.application,
        interim: one.interim ?? [],
        fields: one.fields ?? {},
      });
    },
  );

  test('/error-after-head breaks off after its head', async () => {
    const client = clients.get(implementation)!;
    const request = requestOf({ route: '/error-after-head' });
    expect(await client.sendForHead(request)).toMatchObject({ status: 200 });
    await expect(client.send(request)).rejects.toThrow(
      expect.objectContaining({
        code: expect.stringMatching(/^(closed-early|reset)$/) as string,
      }) as Error,
    );
    expect(await client.send(requestOf({ route: '/ok' }))).toMatchObject({ body: 'ok' });
  });
});

test('/vary/append keeps what others have set', async () => {
  const application = nodeApplication({ log: openLogBook() });
  const { address, close } = await listenHttp1(anyScenario, (request, response) => {
    response.setHeader('Vary', ['Origin', 'Cookie']);
    runNodeHandler(application, request, response);
  });
  const reply = await createClient(address).send(requestOf({ route: '/vary/append' }));
  await close();
  expect(linesOf(reply.headers, 'Vary')).toEqual(['Origin', 'Cookie', 'Accept']);
});

test('/write-head/shared gives the same object to every writeHead', () => {
  const given: unknown[] = [];
  const application = nodeApplication({ log: openLogBook() });
  const response = {
    writeHead: (_status: number, headers: unknown) => given.push(headers),
    end: () => undefined,
  };
  const request = { method: 'GET', url: '/write-head/shared', headers: {}, on: () => undefined };
  void application(request, response as never);
  void application(request, response as never);
  expect(given).toHaveLength(2);
  expect(given[0]).toBe(given[1]);
});

test('every route of the table is served by some implementation, and tried here', () => {
  const tried = new Set([...cases.map(({ route }) => route), '/error-after-head']);
  expect(applicationRoutes.map(({ path }) => path).filter((path) => !tried.has(path))).toEqual([]);
  expect(new Set(applicationRoutes.map(({ path }) => path)).size).toBe(applicationRoutes.length);
});

describe('paths', () => {
  test.each([
    ['/ok', { route: '/ok' }],
    ['/ok?a=b', { route: '/ok' }],
    ['/status/204', { route: '/status/:code', parameter: '204' }],
    ['/status/1000', undefined],
    ['/anything/%e0%a4', { route: '/malformed/%zz' }],
    ['/ok?%zz', { route: '/ok' }],
    ['/toString', undefined],
  ])('%s leads to %j', (path, match) => {
    expect(matchRoute(path)).toEqual(match);
  });

  test.each([
    ['/a/ok', 'a', '/ok'],
    ['/a/ok?x=/b', 'a', '/ok?x=/b'],
    ['/a', 'a', '/'],
    ['/a?x', 'a', '/?x'],
    ['/b/ok', undefined, '/b/ok'],
    ['/ok', undefined, '/ok'],
    ['/ab/ok', undefined, '/ab/ok'],
    ['//a/ok', undefined, '//a/ok'],
  ])('%s is under the policy %s, at %s', (path, name, rest) => {
    expect(splitPolicyName(path, ['a', 'constructor'])).toEqual({ name, path: rest });
  });
});

describe('the log', () => {
  const decision = { kind: 'actual', allowed: true, reason: 'origin-allowed', path: '/ok' };

  test('is empty after it was read, and leaves requests for itself out', () => {
    const log = openLogBook();
    log.asked('https://a.example');
    log.decided(decision);
    for (const path of ['/log', '/log?x', '/a/log']) log.decided({ ...decision, path });
    log.reported({ code: 'C', message: 'm' });
    const noted = {
      asked: ['https://a.example'],
      decisions: [decision],
      reports: [{ code: 'C', message: 'm' }],
    };
    expect(log.read()).toEqual(noted);
    expect(log.read()).toEqual({ asked: [], decisions: [], reports: [] });
    expect(parseApplicationLog(JSON.stringify(noted))).toEqual(noted);
  });

  test.each([
    ['no JSON', 'nothing'],
    ['no object', '[]'],
    ['null', 'null'],
    ['origins that are no strings', '{"asked":[1],"decisions":[],"reports":[]}'],
    ['no decisions', '{"asked":[],"reports":[]}'],
    [
      'a decision without its reason',
      '{"asked":[],"decisions":[{"kind":"a","allowed":true,"path":"/"}],"reports":[]}',
    ],
    ['a report without a message', '{"asked":[],"decisions":[],"reports":[{"code":"C"}]}'],
  ])('is refused when it has %s', (_name, json) => {
    expect(() => parseApplicationLog(json)).toThrow();
  });
});

test('a body that is broken off reaches the error handler', async () => {
  const failed = new Promise((resolve) => {
    const application = nodeApplication({ log: openLogBook() });
    const server = createServer((request, response) => {
      Promise.resolve(application(request, response)).catch((error: unknown) => {
        server.close();
        resolve(error);
      });
    });
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      const client = createClient({ protocol: 'http/1.1', host: '127.0.0.1', port });
      const headers = [['Content-Length', '99']] as const;
      void client.sendAndAbort({ method: 'PUT', path: '/echo-body', headers, body: 'x' });
    });
  });
  expect(await failed).toMatchObject({ message: 'the request broke off' });
});
