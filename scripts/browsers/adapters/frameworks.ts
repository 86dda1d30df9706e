/**
 * Every adapter on its framework, with one policy: the applications of the examples with other routes,
 * and the older versions that the adapters' tests know. Where there are examples, the 404, the error
 * handler and the body parser are theirs.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import type { CorsOptions } from '@cors/core';
import { cors as expressCors } from '@cors/express';
import { cors as fetchCors } from '@cors/fetch';
import { cors as koaCors } from '@cors/koa';
import { cors as nodeCors } from '@cors/node';
import { getRequestListener } from '@hono/node-server';
import type express from 'express';
import { H3, HTTPError, HTTPResponse, toNodeHandler } from 'h3';
import { Hono } from 'hono';
import type Koa from 'koa';
import { createApp as expressExample } from '../../../examples/express/src/app.js';
import { createApp as fastifyExample } from '../../../examples/fastify/src/app.js';
import { createApp as h3Example } from '../../../examples/h3/src/app.js';
import { createApp as honoExample } from '../../../examples/hono/src/app.js';
import { createApp as koaExample } from '../../../examples/koa/src/app.js';
import { notes as koaRoutes } from '../../../examples/koa/src/notes.js';
import { createApp as nodeExample } from '../../../examples/node/src/app.js';
import { reply as nodeReply } from '../../../examples/node/src/reply.js';
import { fetchBridge } from '../../../packages/conformance/test/targets/fetch-bridge.js';
import type { Application } from './application.js';

// Used like the newer ones, so that their types serve both.
const express4 = olderVersion('express', 'express4') as typeof express;
const Koa2 = olderVersion('koa', 'koa2') as typeof Koa;

/** The one policy. */
const POLICY = {
  origin: ['http://page.app.test'],
  credentials: true,
  methods: ['PUT'],
  allowedHeaders: ['Content-Type'],
  exposedHeaders: ['X-Total'],
  maxAge: 600,
  // The pages come through a plain proxy, without TLS.
  dangerouslyAllowInsecureOrigins: true,
} satisfies CorsOptions;

/** A framework's server, not yet listening. */
type MakeServer = (application: Application) => Server | Promise<Server>;

/** By name, which is also part of a host's. */
export const FRAMEWORKS: Readonly<Record<string, MakeServer>> = {
  node: (application) =>
    createServer(
      nodeExample(nodeCors(POLICY), async (request, response) => {
        const { method = '', url = '', headers } = request;
        const { cookie } = headers;
        const body = parsed(await text(request));
        const answer = application({ method, url, cookie, body });
        if (answer === null) return false;
        for (const [name, value] of answer.headers) response.setHeader(name, value);
        return nodeReply(response, answer.status, answer.body);
      }),
    ),

  fetch: (application) => {
    const handle = fetchCors({
      ...POLICY,
      onError: () => Response.json({ error: 'That did not work.' }, { status: 500 }),
    });
    return createServer(
      fetchBridge(
        handle(async (request) => {
          const { pathname: url } = new URL(request.url);
          const { method, headers } = request;
          const cookie = headers.get('cookie') ?? undefined;
          const body = parsed(await request.text());
          const answer = application({ method, url, cookie, body });
          if (answer === null) return new Response('There is nothing here.', { status: 404 });
          return Response.json(answer.body, {
            status: answer.status,
            headers: answer.headers.map(([...pair]) => pair),
          });
        }),
      ),
    );
  },

  'express-4': (application) => {
    const app = express4();
    // Its own error handler then prints nothing.
    app.set('env', 'test');
    app.use(expressCors(POLICY), express4.json(), expressRoutes(application));
    return createServer(app);
  },

  'express-5': (application) => createServer(expressExample(POLICY, expressRoutes(application))),

  'koa-2': (application) => {
    const app = new Koa2();
    app.silent = true;
    app.use(koaCors(POLICY));
    app.use(async (ctx) => replyOnKoa(application, ctx, parsed(await text(ctx.req))));
    return createServer((request, response) => void app.callback()(request, response));
  },

  'koa-3': (application) => {
    const routes = koaRoutes().all(/^\/x\//, async (ctx, next) => {
      const body = bodyOf(ctx.req, ctx.request.body);
      if (!replyOnKoa(application, ctx, body)) await next();
    });
    const app = koaExample(POLICY, routes);
    app.silent = true;
    return createServer((request, response) => void app.callback()(request, response));
  },

  fastify: async (application) => {
    const app = await fastifyExample(POLICY, async (routes) => {
      routes.route({
        method: ['GET', 'PUT', 'DELETE'],
        url: '/x/*',
        handler: ({ method, url, headers: { cookie }, body }, reply) => {
          const answer = application({ method, url, cookie, body: body ?? undefined });
          if (answer === null) {
            reply.callNotFound();
            return reply;
          }
          for (const [name, value] of answer.headers) void reply.header(name, value);
          return reply.code(answer.status).send(answer.body);
        },
      });
      return Promise.resolve();
    });
    await app.ready();
    return app.server;
  },

  hono: (application) => {
    const routes = new Hono();
    routes.all('/x/*', async (c) => {
      const { method, path: url } = c.req;
      const body = parsed(await c.req.text());
      const answer = application({ method, url, cookie: c.req.header('cookie'), body });
      if (answer === null) return c.notFound();
      for (const [name, value] of answer.headers) c.header(name, value);
      return c.json(answer.body, answer.status as 200);
    });
    // Else it would put a `Response` of its own in the place of the one that h3 knows.
    const { fetch } = honoExample(POLICY, routes);
    const listener = getRequestListener(fetch, { overrideGlobalObjects: false });
    return createServer((request, response) => void listener(request, response));
  },

  h3: (application) => {
    const routes = new H3();
    routes.all('/x/**', async ({ req, url: { pathname } }) => {
      const cookie = req.headers.get('cookie') ?? undefined;
      const body = parsed(await req.text());
      const answer = application({ method: req.method, url: pathname, cookie, body });
      if (answer === null) throw new HTTPError({ status: 404 });
      return new HTTPResponse(JSON.stringify(answer.body), {
        status: answer.status,
        headers: answer.headers.map(([...pair]) => pair),
      });
    });
    const listener = toNodeHandler(h3Example(POLICY, routes));
    return createServer((request, response) => void listener(request, response));
  },
};

function expressRoutes(application: Application): express.RequestHandler {
  return ({ method, path: url, headers: { cookie }, body }, response, next) => {
    const answer = application({ method, url, cookie, body: bodyOf(response.req, body) });
    if (answer === null) {
      next();
      return;
    }
    for (const [name, value] of answer.headers) response.set(name, value);
    response.status(answer.status).json(answer.body);
  };
}

function replyOnKoa(application: Application, ctx: Koa.Context, body: unknown): boolean {
  const { method, path: url } = ctx;
  const { cookie } = ctx.headers;
  const answer = application({ method, url, cookie, body });
  if (answer === null) return false;
  for (const [name, value] of answer.headers) ctx.set(name, value);
  ctx.status = answer.status;
  ctx.body = answer.body;
  return true;
}

/** Body parsers may have {} for no body. */
function bodyOf({ headers }: IncomingMessage, parsedBody: unknown): unknown {
  return headers['content-type'] === undefined ? undefined : parsedBody;
}

function parsed(json: string): unknown {
  return json === '' ? undefined : JSON.parse(json);
}

/** What a package tests itself with, beside the version that all here share. */
function olderVersion(packageName: string, alias: string): unknown {
  const from = new URL(`../../../packages/${packageName}/package.json`, import.meta.url);
  return createRequire(from)(alias);
}
