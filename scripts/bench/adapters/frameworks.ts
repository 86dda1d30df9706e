/** The frameworks that there are adapters for, and the package that is the peer of each. */
import type { MakeApplication } from './application.js';

export const FRAMEWORKS = ['express', 'fastify', 'koa', 'hono', 'node', 'fetch'] as const;
export type Framework = (typeof FRAMEWORKS)[number];

/** What the users of a framework have today; null where no package is published. */
export const PEERS: Readonly<Record<Framework, string | null>> = {
  express: 'cors',
  fastify: '@fastify/cors',
  koa: '@koa/cors',
  hono: 'hono/cors',
  node: 'cors',
  fetch: null,
};

/** Hono replies with web-standard responses: how they reach a client is the server's part. */
export const HONO_ON_NODE = 'hono on node';

/** Loaded when asked for, so that a process holds one framework only. */
export const APPLICATIONS: Readonly<
  Record<Framework | typeof HONO_ON_NODE, () => Promise<{ application: MakeApplication }>>
> = {
  express: () => import('./express.js'),
  fastify: () => import('./fastify.js'),
  koa: () => import('./koa.js'),
  hono: () => import('./hono.js'),
  [HONO_ON_NODE]: () => import('./hono-on-node.js'),
  node: () => import('./node.js'),
  fetch: () => import('./fetch.js'),
};
