import { createCors } from '@cors/core';
import { defineHandler, type H3, type H3Event, type Middleware } from 'h3';
import { describe, expectTypeOf, it } from 'vitest';
import { cors, type H3CorsOptions } from '../src/index.js';

declare const app: H3;
declare const name: string;
declare const names: readonly string[];

describe('what compiles', () => {
  it('a middleware, wherever h3 takes one', () => {
    expectTypeOf(cors({ origin: '*' })).toEqualTypeOf<Middleware>();
    app.use(cors({ origin: name, credentials: true }));
    app.use('/api/**', cors({ origin: names }), { method: 'GET' });
    app.get('/', () => 'x', { middleware: [cors({ origin: process.env['ORIGINS']!.split(',') })] });
    defineHandler({ middleware: [cors({ origin: '*' })], handler: () => 'x' });
  });

  it('a predicate, a choice and a hook get the event of h3', () => {
    cors({
      origin: (origin, event) => {
        expectTypeOf(origin).toEqualTypeOf<string>();
        expectTypeOf(event).toEqualTypeOf<H3Event>();
        return event.req.headers.get('X-Tenant') === 'one';
      },
      onDecision: (_, event) => {
        expectTypeOf(event).toEqualTypeOf<H3Event>();
      },
    });
    cors({ origin: async (_, { url }) => url.pathname === '/' });
    const forH3 = createCors<H3Event>({ origin: (_, { url }) => url.pathname === '/' });
    const forAll = createCors({ origin: '*' });
    cors({ policy: forH3 });
    cors({
      policy: (event) => {
        expectTypeOf(event).toEqualTypeOf<H3Event>();
        return event.url.pathname === '/' ? forAll : false;
      },
    });
    cors({ policy: async ({ url }) => (url.pathname === '/' ? forAll : forH3) });
    const hoisted: H3CorsOptions = { origin: name };
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
    // @ts-expect-error not an option: a name of handleCors
    cors({ origin: '*', allowHeaders: ['X-A'] });
  });

  it('functions for another framework’s request', () => {
    const forFetch = createCors<Request>({ origin: (_, { bodyUsed }) => bodyUsed });
    // @ts-expect-error the predicate would get the event of h3
    cors({ policy: forFetch });
    // @ts-expect-error an expression in place of a pattern, as handleCors has it
    cors({ origin: /example\.com$/ });
  });
});
