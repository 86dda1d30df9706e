import { createCors } from '@cors/core';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { describe, expectTypeOf, it } from 'vitest';
import { cors, type HonoCorsOptions } from '../src/index.js';

declare const app: Hono;
declare const typedApp: Hono<{ Variables: { user: string } }>;
declare const name: string;
declare const names: readonly string[];

describe('what compiles', () => {
  it('a middleware, wherever Hono takes one', () => {
    expectTypeOf(cors({ origin: '*' })).toEqualTypeOf<MiddlewareHandler>();
    app.use(cors({ origin: name, credentials: true }));
    app.use('*', cors({ origin: names }));
    app.get('/:id', cors({ origin: '*' }), (context) => {
      expectTypeOf(context.req.param('id')).toEqualTypeOf<string>();
      return context.text('x');
    });
    typedApp.use('*', cors({ origin: process.env['ORIGINS']!.split(',') })).get('/', (context) => {
      expectTypeOf(context.get('user')).toEqualTypeOf<string>();
      return context.text('x');
    });
  });

  it('a predicate, a choice and a hook get the context of Hono', () => {
    cors({
      origin: (origin, context) => {
        expectTypeOf(origin).toEqualTypeOf<string>();
        expectTypeOf(context).toEqualTypeOf<Context>();
        return context.req.header('X-Tenant') === 'one';
      },
      onDecision: (_, context) => {
        expectTypeOf(context).toEqualTypeOf<Context>();
      },
    });
    cors({ origin: async (_, { req }) => req.path === '/' });
    const forHono = createCors<Context>({ origin: (_, { req }) => req.path === '/' });
    const forAll = createCors({ origin: '*' });
    cors({ policy: forHono });
    cors({
      policy: (context) => {
        expectTypeOf(context).toEqualTypeOf<Context>();
        return context.req.path === '/' ? forAll : false;
      },
    });
    cors({ policy: async ({ req }) => (req.path === '/' ? forAll : forHono) });
    const hoisted: HonoCorsOptions = { origin: name };
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
    // @ts-expect-error not an option: a name of hono/cors
    cors({ origin: '*', allowHeaders: ['X-A'] });
  });

  it('functions for another framework’s request', () => {
    const forFetch = createCors<Request>({ origin: (_, { bodyUsed }) => bodyUsed });
    // @ts-expect-error the predicate would get the context of Hono
    cors({ policy: forFetch });
    // @ts-expect-error an origin in place of an answer, as hono/cors has it
    cors({ origin: (origin: string) => origin });
  });
});
