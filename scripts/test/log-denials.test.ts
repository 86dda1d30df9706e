import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import { serve } from '@hono/node-server';
import { logDenials } from '@cors/core';
import { cors as expressCors } from '@cors/express';
import fastifyCors from '@cors/fastify';
import { cors as fetchCors } from '@cors/fetch';
import { cors as h3Cors } from '@cors/h3';
import { cors as honoCors } from '@cors/hono';
import { cors as koaCors } from '@cors/koa';
import { cors as nodeCors } from '@cors/node';
import express from 'express';
import fastify from 'fastify';
import { H3, type H3Event, toNodeHandler } from 'h3';
import { type Context, Hono } from 'hono';
import Koa from 'koa';
import { describe, expect, it } from 'vitest';

const origin = 'https://app.example.com';

interface Running {
  readonly port: number;
  readonly close: () => Promise<unknown>;
}

type Warn = (line: string) => void;

const frameworks: readonly [name: string, start: (warn: Warn) => Promise<Running>][] = [
  [
    'node:http',
    (warn) => {
      const handleCors = nodeCors({ origin, onDecision: logDenials({ warn }) });
      return listen((request, response) => {
        if (handleCors(request, response)) return;
        response.end('ok');
      });
    },
  ],
  [
    'Express',
    (warn) => {
      const app = express();
      app.use(expressCors({ origin, onDecision: logDenials({ warn }) }));
      return listen(app);
    },
  ],
  [
    'Koa',
    (warn) => {
      const app = new Koa();
      app.use(koaCors({ origin, onDecision: logDenials({ warn }) }));
      const listener = app.callback();
      return listen((request, response) => void listener(request, response));
    },
  ],
  [
    'Fastify, with its own logger',
    async (warn) => {
      const stream = {
        write: (line: string) => {
          warn((JSON.parse(line) as { msg: string }).msg);
        },
      };
      const app = fastify({ logger: { level: 'warn', stream } });
      await app.register(fastifyCors, { origin, onDecision: logDenials(app.log) });
      await app.listen({ port: 0, host: '127.0.0.1' });
      const { port } = app.server.address() as AddressInfo;
      return { port, close: () => app.close() };
    },
  ],
  [
    'Hono',
    (warn) => {
      const app = new Hono();
      const headers = (c: Context): Headers => c.req.raw.headers;
      app.use('*', honoCors({ origin, onDecision: logDenials<Context>({ warn }, { headers }) }));
      return serveFetch(app.fetch);
    },
  ],
  [
    'h3',
    (warn) => {
      const app = new H3();
      const headers = ({ req }: H3Event): Headers => req.headers;
      app.use(h3Cors({ origin, onDecision: logDenials<H3Event>({ warn }, { headers }) }));
      const listener = toNodeHandler(app);
      return listen((request, response) => void listener(request, response));
    },
  ],
  [
    'fetch handlers',
    (warn) => {
      const withCors = fetchCors({ origin, onDecision: logDenials({ warn }) });
      return serveFetch(withCors(() => new Response('ok')));
    },
  ],
];

describe('one line for each new denial', () => {
  it.each(frameworks)('on %s', async (_, start) => {
    const lines: string[] = [];
    const { port, close } = await start((line) => void lines.push(line));
    try {
      const url = `http://127.0.0.1:${port}/`;
      const ask = async (headers: Record<string, string>, method = 'GET'): Promise<void> => {
        await (await fetch(url, { method, headers })).text();
      };
      const preflight = { Origin: origin, 'Access-Control-Request-Method': 'PUT' };
      await ask({});
      await ask({ Origin: origin });
      await ask({ Origin: 'https://other.example' });
      await ask({ Origin: 'https://other.example' });
      await ask({ Origin: 'https://other.example', 'Sec-Fetch-Site': 'same-origin' });
      await ask(preflight, 'OPTIONS');
      await ask(preflight, 'OPTIONS');
      expect(lines).toEqual([
        expect.stringMatching(
          /^CORS: \[origin-not-allowed\] 'https:\/\/other\.example': .*`origin`/,
        ),
        expect.stringMatching(/^CORS: \[method-not-allowed\] .* Add 'PUT' to `methods`\.$/),
      ]);
    } finally {
      await close();
    }
  });
});

async function listen(listener: RequestListener): Promise<Running> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

async function serveFetch(
  handler: (request: Request) => Response | Promise<Response>,
): Promise<Running> {
  return new Promise((resolve) => {
    const server = serve({ fetch: handler, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
      resolve({ port, close: () => new Promise((done) => server.close(done)) });
    });
  });
}
