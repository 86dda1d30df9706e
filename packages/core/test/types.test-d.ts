import type { IncomingMessage } from 'node:http';
import { describe, expectTypeOf, it } from 'vitest';
import {
  type AdapterOptions,
  type Cors,
  type CorsOptions,
  createCors,
  type Decision,
  type LiteralOptions,
  type StaticCors,
} from '../src/index.js';

declare const text: string;
declare const texts: string[];
declare const readonlyTexts: readonly string[];
declare const flag: boolean;
declare const branded: string & { readonly brand: 'origin' };
declare const template: `https://${string}`;
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what untyped configuration gives
declare const anything: any;

/** An adapter, as far as its types go. */
declare function adapter<
  const Origin = unknown,
  const Credentials extends boolean | undefined = boolean,
  const Exposed = unknown,
>(options: AdapterOptions<IncomingMessage> & LiteralOptions<Origin, Credentials, Exposed>): void;

describe('what must compile', () => {
  it('takes strings and lists that are only known at run time', () => {
    createCors({ origin: text });
    createCors({ origin: texts, credentials: true });
    createCors({ origin: readonlyTexts, credentials: true });
    createCors({ origin: process.env['X']!.split(','), credentials: true });
    createCors({ origin: flag ? '*' : ['https://a.example'], credentials: flag });
    createCors({ origin: text || texts });
    createCors({ origin: [branded, template], credentials: true });
    createCors({ origin: branded });
    createCors({ origin: '*', credentials: flag });
    createCors({ origin: '*', credentials: flag ? true : undefined });
    createCors({ origin: '*', credentials: undefined });
    adapter({ origin: '*', credentials: flag ? true : undefined });
    createCors({ origin: ['https://a.example', text], credentials: true });
    // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- what untyped configuration gives
    createCors({ origin: anything, credentials: true });
  });

  it('takes options hoisted into a variable', () => {
    const open = { origin: '*', credentials: true, exposedHeaders: '*' };
    createCors(open);
    const list = { origin: ['example.com'], methods: ['GET'], maxAge: 5 };
    createCors(list);
    const annotated: CorsOptions = { origin: 'example.com', credentials: true };
    createCors(annotated);
    const constant = { origin: ['https://a.example'], credentials: true } as const;
    createCors(constant);
    adapter(open);
    adapter(list);
    const union: { origin: CorsOptions['origin']; credentials: boolean } = {
      origin: text,
      credentials: true,
    };
    createCors(union);
    adapter(union);
    const narrow: { origin: '*' | readonly string[] } = { origin: texts };
    createCors(narrow);
    adapter(narrow);
  });

  it('takes what is right', () => {
    createCors({ origin: '*' });
    createCors({ origin: '*', exposedHeaders: '*' });
    createCors({ origin: 'null', dangerouslyAllowNullOrigin: true });
    createCors({ origin: 'https://*.a.example:*', credentials: true, exposedHeaders: ['X-A'] });
    createCors({ origin: ['capacitor://localhost'], credentials: true });
    adapter({ policy: createCors({ origin: '*' }), onDecision: (decision: Decision) => decision });
    adapter({ policy: (request) => request.url === '/' && createCors({ origin: '*' }) });
  });
});

describe('what must not compile', () => {
  it('refuses literals that are known to be wrong', () => {
    // @ts-expect-error no scheme
    createCors({ origin: 'example.com' });
    // @ts-expect-error no scheme
    createCors({ origin: ['https://a.example', 'example.com'] });
    // @ts-expect-error any origin with credentials
    createCors({ origin: '*', credentials: true });
    // @ts-expect-error any origin with credentials
    createCors({ origin: ['*'], credentials: true });
    // @ts-expect-error any exposed header with credentials
    createCors({ origin: 'https://a.example', credentials: true, exposedHeaders: '*' });
    // @ts-expect-error the same, through an adapter
    adapter({ origin: '*', credentials: true });
    // @ts-expect-error a policy beside options
    adapter({ policy: createCors({ origin: '*' }), maxAge: 5 });
    // @ts-expect-error a policy beside an origin
    adapter({ policy: createCors({ origin: '*' }), origin: '*' });
    // @ts-expect-error the same, through an adapter
    adapter({ origin: 'example.com', onDecision: () => undefined });
  });

  it('refuses what is no option', () => {
    // @ts-expect-error origin is required
    createCors({});
    // @ts-expect-error an unknown option
    createCors({ origin: '*', allowOrigins: [] });
    // @ts-expect-error a RegExp
    createCors({ origin: /a/ });
    // @ts-expect-error a boolean
    createCors({ origin: true });
    // @ts-expect-error a predicate in a list
    createCors({ origin: [() => true] });
    // @ts-expect-error an origin in place of true
    createCors({ origin: (origin: string) => origin });
  });
});

describe('the request type', () => {
  it('is that of the predicate', () => {
    const cors = createCors({ origin: (_, request: IncomingMessage) => request.url === '/' });
    expectTypeOf(cors).toEqualTypeOf<Cors<IncomingMessage>>();
    const explicit = createCors<IncomingMessage>({ origin: async (_, { url }) => url === '/' });
    expectTypeOf(explicit).toEqualTypeOf<Cors<IncomingMessage>>();
    adapter({ origin: (origin, request) => request.url === origin });
  });

  it('is contravariant: a Cors without predicate fits every adapter', () => {
    expectTypeOf<StaticCors>().toExtend<Cors<IncomingMessage>>();
    expectTypeOf<Cors>().toExtend<Cors<IncomingMessage>>();
    expectTypeOf<Cors<IncomingMessage>>().not.toExtend<Cors<{ other: string }>>();
  });
});

describe('a decision', () => {
  it('is made at once without a predicate', () => {
    const request = { method: 'GET', headers: {} };
    expectTypeOf(createCors({ origin: '*' }).decide(request)).toEqualTypeOf<Decision>();
    expectTypeOf(createCors({ origin: texts }).decide(request)).toEqualTypeOf<Decision>();
    expectTypeOf(createCors({ origin: () => true }).decide(request)).toEqualTypeOf<
      Decision | Promise<Decision>
    >();
  });
});

it('takes lists that are put together', () => {
  createCors({ origin: [...texts, 'https://*.example.com'] });
  createCors({ origin: ['https://a.example', ...readonlyTexts, 'https://b.example'] });
  createCors({ origin: [...texts, ...texts], credentials: true });
});
