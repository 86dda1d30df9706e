import { createCors } from '@cors/core';
import Koa, { type Context, type Middleware } from 'koa';
import mount from 'koa-mount';
import { describe, expectTypeOf, it } from 'vitest';
import { cors, type KoaCorsOptions } from '../src/index.js';

declare const app: Koa;
declare const typedApp: Koa<{ user: string }, { tenant: string }>;
declare const name: string;
declare const names: readonly string[];

describe('what compiles', () => {
  it('a middleware, wherever Koa takes one', () => {
    expectTypeOf(cors({ origin: '*' })).toEqualTypeOf<Middleware>();
    app.use(cors({ origin: name, credentials: true }));
    app.use(mount('/api', cors({ origin: names })));
    typedApp.use(cors({ origin: process.env['ORIGINS']!.split(',') })).use((context) => {
      expectTypeOf(context.state.user).toEqualTypeOf<string>();
      expectTypeOf(context.tenant).toEqualTypeOf<string>();
    });
  });

  it('a predicate, a choice and a hook get the context of Koa', () => {
    cors({
      origin: (origin, context) => {
        expectTypeOf(origin).toEqualTypeOf<string>();
        expectTypeOf(context).toEqualTypeOf<Context>();
        return context.get('X-Tenant') === 'one';
      },
      onDecision: (_, context) => {
        expectTypeOf(context).toEqualTypeOf<Context>();
      },
    });
    cors({ origin: async (_, { hostname }) => hostname === 'x' });
    const forKoa = createCors<Context>({ origin: (_, { hostname }) => hostname === 'x' });
    const forAll = createCors({ origin: '*' });
    cors({ policy: forKoa });
    cors({
      policy: (context) => {
        expectTypeOf(context).toEqualTypeOf<Context>();
        return context.path === '/' ? forAll : false;
      },
    });
    cors({ policy: async ({ path }) => (path === '/' ? forAll : forKoa) });
    const hoisted: KoaCorsOptions = { origin: name };
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
    // @ts-expect-error not an option: a name of @koa/cors
    cors({ origin: '*', allowHeaders: ['X-A'] });
  });

  it('functions for another framework’s request', () => {
    const forFetch = createCors<Request>({ origin: (_, { bodyUsed }) => bodyUsed });
    // @ts-expect-error the predicate would get the context of Koa
    cors({ policy: forFetch });
    // @ts-expect-error an origin in place of an answer, as @koa/cors has it
    cors({ origin: (context: Context) => context.get('Origin') });
  });
});
