/** This project's adapters, as its own tests judge them: one target for each package. */
import type { Target } from '@cors/conformance';

/** How to load them: each brings its framework along, so a run loads its own alone. */
export const OWN_TARGETS: Readonly<Record<string, () => Promise<Target>>> = {
  '@cors/node': async () => {
    const { nodeHttp1 } = await import('../../packages/conformance/test/targets/node-http1.js');
    return nodeHttp1;
  },
  '@cors/express': async () => {
    const { expressTarget } = await import('../../packages/express/test/target.js');
    const { VERSIONS } = await import('../../packages/express/test/express.js');
    return named(VERSIONS.map(expressTarget), '@cors/express on Express 5');
  },
  '@cors/fastify': async () => {
    const { fastifyTargets } = await import('../../packages/fastify/test/fastify-target.js');
    return named(fastifyTargets, '@cors/fastify over HTTP/1.1');
  },
  '@cors/koa': async () => {
    const { koaTargets } = await import('../../packages/koa/test/koa-target.js');
    return named(koaTargets, '@cors/koa on Koa 3 over HTTP/1.1');
  },
  '@cors/fetch': async () => {
    const { fetchOverNodeHttp } = await import(
      '../../packages/conformance/test/targets/fetch-over-node-http.js'
    );
    return fetchOverNodeHttp;
  },
  '@cors/hono': async () => {
    const { socketTarget } = await import('../../packages/hono/test/hono-target.js');
    const { Hono } = await import('hono');
    return socketTarget({ name: 'Hono', framework: Hono }, 'HTTP/1.1');
  },
  '@cors/h3': async () => {
    const { socketTarget } = await import('../../packages/h3/test/h3-target.js');
    return socketTarget({ name: 'h3', framework: await import('h3') }, 'HTTP/1.1');
  },
};

function named(targets: readonly Target[], name: string): Target {
  const target = targets.find((one) => one.name === name);
  if (target === undefined) throw new Error(`There is no target ${name}`);
  return target;
}
