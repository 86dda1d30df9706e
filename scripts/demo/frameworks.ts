/**
 * The demo's servers: one policy and one small application, on each framework in its own idiom. The
 * application knows nothing of CORS.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CorsOptions, Decision } from '@cors/core';
import { cors as expressCors } from '@cors/express';
import fastifyCors from '@cors/fastify';
import { cors as h3Cors } from '@cors/h3';
import { cors as honoCors } from '@cors/hono';
import { cors as koaCors } from '@cors/koa';
import { getRequestListener } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import { H3, toNodeHandler } from 'h3';
import { Hono } from 'hono';
import Koa from 'koa';

/** The one policy. JSON makes every PUT and POST ask for Content-Type. */
export const POLICY = {
  origin: ['https://app.example.com', 'http://localhost:*'],
  credentials: true,
  methods: ['PUT'],
  allowedHeaders: ['Content-Type'],
  exposedHeaders: ['ETag'],
  maxAge: 600,
} satisfies CorsOptions;

const ETAG = '"2"';
const SAVED = { saved: true };

/** A running server, and what it decided, in order. */
export interface DemoServer {
  readonly framework: string;
  readonly port: number;
  readonly decisions: readonly Decision[];
  readonly close: () => Promise<void>;
}

type OnDecision = (decision: Decision) => void;

/** A framework's server, not yet listening, with the hook for decisions in it. */
type MakeServer = (onDecision: OnDecision) => Server | Promise<Server>;

const frameworks: Readonly<Record<string, MakeServer>> = {
  Express: (onDecision) => {
    const app = express();
    app.use(expressCors({ ...POLICY, onDecision }));
    app.all('/notes/1', (_, response) => {
      response.set('ETag', ETAG).json(SAVED);
    });
    return createServer(app);
  },

  Fastify: async (onDecision) => {
    const app = fastify();
    await app.register(fastifyCors, { ...POLICY, onDecision });
    app.route({
      method: ['GET', 'PUT', 'DELETE'],
      url: '/notes/1',
      handler: (_, reply) => reply.header('ETag', ETAG).send(SAVED),
    });
    await app.ready();
    return app.server;
  },

  Koa: (onDecision) => {
    const app = new Koa();
    app.use(koaCors({ ...POLICY, onDecision }));
    app.use((ctx) => {
      ctx.set('ETag', ETAG);
      ctx.body = SAVED;
    });
    return createServer((request, response) => void app.callback()(request, response));
  },

  Hono: (onDecision) => {
    const app = new Hono();
    app.use('*', honoCors({ ...POLICY, onDecision }));
    app.all('/notes/1', (c) => c.json(SAVED, 200, { ETag: ETAG }));
    const listener = getRequestListener(app.fetch);
    return createServer((request, response) => void listener(request, response));
  },

  h3: (onDecision) => {
    const app = new H3();
    app.use(h3Cors({ ...POLICY, onDecision }));
    app.all('/notes/1', (event) => {
      event.res.headers.set('ETag', ETAG);
      return SAVED;
    });
    const listener = toNodeHandler(app);
    return createServer((request, response) => void listener(request, response));
  },
};

/** Starts one server for each framework, each on a free local port. */
export function startServers(): Promise<readonly DemoServer[]> {
  return Promise.all(
    Object.entries(frameworks).map(async ([framework, makeServer]): Promise<DemoServer> => {
      const decisions: Decision[] = [];
      const server = await makeServer((decision) => decisions.push(decision));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return {
        framework,
        port: (server.address() as AddressInfo).port,
        decisions,
        close: () => new Promise((resolve) => void server.close(() => resolve())),
      };
    }),
  );
}
