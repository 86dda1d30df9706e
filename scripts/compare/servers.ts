/**
 * The same application in each framework, behind the CORS package that the framework's users have today,
 * or behind ours.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cors as expressCors } from '@cors/express';
import { cors as fastifyCors } from '@cors/fastify';
import { cors as h3Cors } from '@cors/h3';
import { cors as honoCors } from '@cors/hono';
import { cors as koaCors } from '@cors/koa';
import fastifyPeer from '@fastify/cors';
import { getRequestListener } from '@hono/node-server';
import koaPeer from '@koa/cors';
import expressPeer from 'cors';
import express, { type RequestHandler } from 'express';
import fastify, { type FastifyPluginAsync } from 'fastify';
import { H3, handleCors, type Middleware as H3Middleware, toNodeHandler } from 'h3';
import { Hono, type MiddlewareHandler } from 'hono';
import { cors as honoPeer } from 'hono/cors';
import Koa, { type Middleware } from 'koa';

/** A policy in the names of `cors`; the packages that call an option otherwise get their own name. */
export interface Options {
  readonly origin: string | readonly string[];
  readonly methods?: string | readonly string[];
  readonly credentials?: boolean;
  readonly maxAge?: number;
  readonly [unknown: string]: unknown;
}

/** A server on a free local port. */
interface Running {
  readonly port: number;
  readonly close: () => void;
}

type Start = (options: Options) => Promise<Running>;

/** A package, in the framework that it is for. */
export interface Candidate {
  readonly name: string;
  readonly start: Start;
}

/** What users have today. */
export const peers: readonly Candidate[] = [
  { name: 'cors', start: (options) => onExpress(expressPeer(options as never)) },
  { name: '@fastify/cors', start: (options) => onFastify(fastifyPeer as never, options) },
  { name: '@koa/cors', start: (options) => onKoa(koaPeer(forKoa(options))) },
  { name: 'hono/cors', start: (options) => onHono(honoPeer(renamed(options))) },
  { name: 'h3', start: (options) => onH3(h3Peer(options)) },
];

/** Ours. */
export const ours: readonly Candidate[] = [
  { name: '@cors/express', start: (options) => onExpress(expressCors(options as never)) },
  { name: '@cors/fastify', start: (options) => onFastify(fastifyCors as never, options) },
  { name: '@cors/koa', start: (options) => onKoa(koaCors(options as never)) },
  { name: '@cors/hono', start: (options) => onHono(honoCors(options as never)) },
  { name: '@cors/h3', start: (options) => onH3(h3Cors(options as never)) },
];

/** As `@koa/cors` and `hono/cors` call them. */
function renamed({ methods, ...others }: Options): object {
  return methods === undefined ? others : { ...others, allowMethods: [methods].flat() };
}

/** `@koa/cors` has no lists: this function is what its users write. */
function forKoa(options: Options): object {
  const { origin } = options;
  if (typeof origin === 'string') return renamed(options);
  const choose = (context: { readonly get: (name: string) => string }): string =>
    origin.includes(context.get('Origin')) ? context.get('Origin') : '';
  return { ...renamed(options), origin: choose };
}

/** `handleCors` is a function, around which its users write this. */
function h3Peer({ origin, maxAge, ...others }: Options): H3Middleware {
  const options = {
    ...others,
    origin: origin === '*' ? '*' : [origin].flat(),
    ...(maxAge !== undefined && { maxAge: String(maxAge) }),
  };
  return (event, next) => {
    const reply = handleCors(event, options as never);
    return reply === false ? next() : reply;
  };
}

async function onExpress(cors: RequestHandler): Promise<Running> {
  const app = express().set('env', 'test');
  app.use(cors);
  app.all('/', (_, response) => void response.send('ok'));
  app.all('/vary', (_, response) => void response.set('Vary', 'Accept').send('ok'));
  app.all('/throw', () => {
    throw new Error('The handler fails.');
  });
  return listen(createServer(app));
}

async function onFastify(cors: FastifyPluginAsync, options: Options): Promise<Running> {
  const app = fastify();
  await app.register(cors, options as never);
  const method = ['GET', 'PUT', 'OPTIONS'];
  app.route({ method, url: '/', handler: (_, reply) => void reply.send('ok') });
  app.route({
    method,
    url: '/vary',
    handler: (_, reply) => void reply.header('Vary', 'Accept').send('ok'),
  });
  app.route({
    method,
    url: '/throw',
    handler: () => {
      throw new Error('The handler fails.');
    },
  });
  await app.ready();
  return listen(app.server);
}

async function onKoa(cors: Middleware): Promise<Running> {
  const app = new Koa();
  app.silent = true;
  app.use(cors);
  app.use((context) => {
    if (context.path === '/throw') throw new Error('The handler fails.');
    if (context.path === '/vary') context.set('Vary', 'Accept');
    context.body = 'ok';
  });
  const callback = app.callback();
  return listen(createServer((request, response) => void callback(request, response)));
}

async function onHono(cors: MiddlewareHandler): Promise<Running> {
  const app = new Hono();
  app.use('*', cors);
  app.all('/', (c) => c.text('ok'));
  app.all('/vary', (c) => c.text('ok', 200, { Vary: 'Accept' }));
  app.all('/throw', () => {
    throw new Error('The handler fails.');
  });
  app.onError((_, c) => c.text('Internal error', 500));
  const listener = getRequestListener(app.fetch);
  return listen(createServer((request, response) => void listener(request, response)));
}

async function onH3(cors: H3Middleware): Promise<Running> {
  const app = new H3({ silent: true });
  app.use(cors);
  app.all('/', () => 'ok');
  app.all('/vary', ({ res }) => {
    res.headers.set('Vary', 'Accept');
    return 'ok';
  });
  app.all('/throw', () => {
    throw new Error('The handler fails.');
  });
  const listener = toNodeHandler(app);
  return listen(createServer((request, response) => void listener(request, response)));
}

async function listen(server: Server): Promise<Running> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
