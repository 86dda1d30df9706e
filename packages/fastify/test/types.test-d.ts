import type { Cors } from '@cors/core';
import { createCors } from '@cors/core';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { expectTypeOf, it } from 'vitest';
import cors, { type FastifyCorsOptions, type RouteCorsOptions, withCors } from '../src/index.js';

const app = fastify();
const ok = async () => 'ok';

it('gives the predicate, the choice and the hook the request of Fastify', () => {
  void app.register(cors, {
    origin: (origin, request) => {
      expectTypeOf(origin).toEqualTypeOf<string>();
      expectTypeOf(request).toEqualTypeOf<FastifyRequest>();
      return true;
    },
    onDecision: (decision, request) => {
      expectTypeOf(decision.allowed).toEqualTypeOf<boolean>();
      expectTypeOf(request).toEqualTypeOf<FastifyRequest>();
    },
  });
  void app.register(cors, {
    policy: async (request) => {
      expectTypeOf(request).toEqualTypeOf<FastifyRequest>();
      return request.url === '/' ? createCors({ origin: '*' }) : false;
    },
  });
  app.get(
    '/',
    {
      config: {
        cors: {
          origin: (_, request) => {
            expectTypeOf(request).toEqualTypeOf<FastifyRequest>();
            return true;
          },
        },
      },
    },
    ok,
  );
});

it('takes what may be right', () => {
  const list: readonly string[] = ['https://a.example'];
  void app.register(cors, { origin: '*' });
  void app.register(cors, { origin: list, credentials: true, methods: ['PUT'], prefix: '/api' });
  void app.register(cors, { origin: process.env.ORIGINS!.split(',') });
  void app.register(cors, () => ({ origin: '*' }));
  void app.register(cors, { policy: createCors({ origin: '*' }) });
  void app.register(cors, {
    policy: createCors<FastifyRequest>({ origin: (_, { ip }) => ip !== '' }),
  });
  void app.register(import('../src/index.js'), { origin: '*' });
  const http2: FastifyInstance = app;
  void http2.register(cors, { origin: '*' });
  void fastify({ http2: true }).register(cors, { origin: '*' });
  void fastify({ frameworkErrors: withCors() });
  void fastify({ http2: true, frameworkErrors: withCors() });
  void fastify({ http2: true, https: {}, frameworkErrors: withCors() });
  void fastify({ https: {}, frameworkErrors: withCors() });
  void fastify({
    frameworkErrors: withCors((error, request, reply) =>
      reply.code(error.statusCode ?? 400).send(request.url),
    ),
  });
  const hoisted: FastifyCorsOptions = { origin: list };
  void app.register(cors, hoisted);
  const routes: RouteCorsOptions[] = [hoisted, createCors({ origin: '*' }), false];
  for (const each of routes) app.get('/', { config: { cors: each } }, ok);
});

it('refuses what is wrong', () => {
  // @ts-expect-error -- there is no such option
  void app.register(cors, { origin: '*', allowOrigins: '*' });
  // @ts-expect-error -- not a boolean
  void app.register(cors, { origin: true });
  // @ts-expect-error -- not a RegExp
  void app.register(cors, { origin: /a/ });
  // @ts-expect-error -- not a string
  void app.register(cors, { origin: '*', maxAge: '600' });
  // @ts-expect-error -- a predicate of another framework's request
  void app.register(cors, { policy: createCors<{ koa: true }>({ origin: (_, { koa }) => koa }) });
  // @ts-expect-error -- not a policy
  void app.register(cors, { policy: 'a' });
  // @ts-expect-error -- true says nothing
  app.get('/', { config: { cors: true } }, ok);
  // @ts-expect-error -- not a list of numbers
  app.get('/', { config: { cors: { origin: [1] } } }, ok);
  // @ts-expect-error -- a Cors of another framework's request
  const wrong: RouteCorsOptions = {} as Cors<{ koa: true }>;
  expectTypeOf(wrong).not.toBeAny();
});
