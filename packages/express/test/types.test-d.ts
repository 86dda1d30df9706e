import { createCors } from '@cors/core';
import express, { type Request, type RequestHandler } from 'express';
import { describe, expectTypeOf, it } from 'vitest';
import { cors, type ExpressCorsOptions, type ExpressMiddleware } from '../src/index.js';

declare const app: ReturnType<typeof express>;
declare const name: string;
declare const names: readonly string[];

describe('what compiles', () => {
  it('a middleware, wherever Express takes one', () => {
    expectTypeOf(cors({ origin: '*' })).toEqualTypeOf<ExpressMiddleware>();
    expectTypeOf<ExpressMiddleware>().toExtend<RequestHandler>();
    app.use(cors({ origin: name, credentials: true }));
    app.use('/api', cors({ origin: names }), express.json());
    express.Router().use(cors({ origin: process.env['ORIGINS']!.split(',') }));
    app.options('/x', cors({ origin: '*' }));
  });

  it('beside handlers, whose parameters are inferred as without it', () => {
    app.get('/:id', cors({ origin: '*' }), ({ params }) => {
      expectTypeOf(params).toEqualTypeOf<{ id: string }>();
    });
  });

  it('a predicate, a choice and a hook get the request of Express', () => {
    cors({
      origin: (origin, request) => {
        expectTypeOf(origin).toEqualTypeOf<string>();
        expectTypeOf(request).toEqualTypeOf<Request>();
        return request.get('X-Tenant') === 'one';
      },
      onDecision: (_, request) => {
        expectTypeOf(request).toEqualTypeOf<Request>();
      },
    });
    cors({ origin: async (_, { hostname }) => hostname === 'x' });
    const forExpress = createCors<Request>({ origin: (_, { hostname }) => hostname === 'x' });
    const forAll = createCors({ origin: '*' });
    cors({ policy: forExpress });
    cors({
      policy: (request) => {
        expectTypeOf(request).toEqualTypeOf<Request>();
        return request.path === '/' ? forAll : false;
      },
    });
    cors({ policy: async ({ path }) => (path === '/' ? forAll : forExpress) });
    const hoisted: ExpressCorsOptions = { origin: name };
    cors(hoisted);
  });
});

describe('what does not', () => {
  it('literals that are known to be wrong', () => {
    // @ts-expect-error no options
    cors();
    // @ts-expect-error no scheme
    cors({ origin: 'app.example.com' });
    // @ts-expect-error any origin with credentials
    cors({ origin: '*', credentials: true });
    // @ts-expect-error any exposed header with credentials
    cors({ origin: 'https://a.example', credentials: true, exposedHeaders: '*' });
    // @ts-expect-error not an option
    cors({ origin: '*', allowHeaders: ['X-A'] });
  });

  it('functions for another framework’s request', () => {
    const forFetch = createCors<globalThis.Request>({ origin: (_, { url }) => url === '/' });
    // @ts-expect-error the predicate would get the request of Express
    cors({ policy: forFetch });
    cors({
      // @ts-expect-error callbacks are not supported
      origin: (_: string, callback: (error: null, allowed: boolean) => void) =>
        callback(null, true),
    });
  });
});
