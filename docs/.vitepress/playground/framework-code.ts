/**
 * A policy → the code that puts it into a server, for each framework: ready to be pasted.
 */

/** The frameworks, by what they are called. */
export const FRAMEWORKS = {
  express: 'Express',
  fastify: 'Fastify',
  koa: 'Koa',
  hono: 'Hono',
  node: 'node:http',
  fetch: 'Workers, Deno, Bun, Next.js',
} as const;

/** A framework's short name. */
export type FrameworkName = keyof typeof FRAMEWORKS;

const CODE: Readonly<Record<FrameworkName, (policy: string) => string>> = {
  express: (policy) => `import { cors } from '@cors/express';
import express from 'express';

const app = express();
app.use(cors(${policy}));
app.get('/', (request, response) => response.json('hello'));
app.listen(3000);`,
  fastify: (policy) => `import cors from '@cors/fastify';
import fastify from 'fastify';

const app = fastify();
await app.register(cors, ${policy});
app.get('/', async () => 'hello');
await app.listen({ port: 3000 });`,
  koa: (policy) => `import { cors } from '@cors/koa';
import Koa from 'koa';

const app = new Koa();
app.use(cors(${policy}));
app.use((ctx) => {
  ctx.body = 'hello';
});
app.listen(3000);`,
  hono: (policy) => `import { cors } from '@cors/hono';
import { Hono } from 'hono';

const app = new Hono();
app.use('*', cors(${policy}));
app.get('/', (c) => c.text('hello'));

export default app;`,
  node: (policy) => `import { createServer } from 'node:http';
import { cors } from '@cors/node';

const handleCors = cors(${policy});

createServer((request, response) => {
  if (handleCors(request, response)) return;
  response.end('hello');
}).listen(3000);`,
  fetch: (policy) => `import { cors } from '@cors/fetch';

const withCors = cors(${policy});

export default { fetch: withCors(() => new Response('hello')) };`,
};

/** The code for a framework. */
export function frameworkCode(framework: FrameworkName, policyText: string): string {
  return CODE[framework](policyText.trim());
}
