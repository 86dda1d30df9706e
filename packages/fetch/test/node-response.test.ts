/** Behind `@hono/node-server`, decisions wait for the head of Node's own response. */
import { createCors } from '@cors/core';
import { cors as nodeCors } from '@cors/node';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { beforeEach, expect, it, vi } from 'vitest';
import { serve } from '../../node/test/server.js';
import { cors } from '../src/index.js';
import { nodeResponseOf } from '../src/node-response.js';

const A = 'https://a.example';
const EVIL = 'https://evil.example';
const POLICY = { origin: A, credentials: true, methods: ['PUT'] };
const asked = { 'access-control-request-method': 'PUT' };

type Handler = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;
type Listener = Parameters<typeof serve>[0];
type Policy = ReturnType<typeof createCors>;

const hello: Handler = () => new Response('x');

const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
beforeEach(() => {
  warn.mockClear();
  error.mockClear();
});

const warned = (): unknown[] =>
  warn.mock.calls.map(([text]) => /\[(\w+)\]/.exec(String(text))?.[1]);

function listenerOf(handler: Handler): Listener {
  const listener = getRequestListener(handler as never);
  return (request, response) => void listener(request, response);
}

/** Its grant and its `Vary`, by the lines that were sent. */
async function ask(
  listener: Listener,
  origin: string | null = A,
  method = 'GET',
  more: Record<string, string> = {},
): Promise<readonly unknown[]> {
  const send = await serve(listener);
  const { status, headers } = await send(method, '/', {
    ...(origin !== null && { origin }),
    ...more,
  });
  const lines = (name: string): string =>
    headers.flatMap(([each, value]) => (each.toLowerCase() === name ? [value] : [])).join(' & ');
  return [status, lines('access-control-allow-origin'), lines('vary')];
}

it('leaves the Response of a handler as it is', async () => {
  const shared = new Headers({ Vary: 'Accept' });
  const made: Response[] = [];
  const listener = listenerOf(
    cors(POLICY)<[HttpBindings]>(() => {
      const reply = new Response('x', { headers: shared });
      made.push(reply);
      return reply;
    }),
  );
  expect(await ask(listener)).toEqual([200, A, 'Accept, Origin']);
  expect(await ask(listener, EVIL)).toEqual([200, '', 'Accept, Origin']);
  expect(await ask(listener, null)).toEqual([200, '', 'Accept, Origin']);
  expect(await ask(listener, A, 'OPTIONS', asked)).toEqual([
    204,
    A,
    expect.stringContaining('Origin'),
  ]);
  expect([...shared]).toEqual([['vary', 'Accept']]);
  expect(made.map(({ headers }) => headers.get('access-control-allow-origin'))).toEqual([
    null,
    null,
    null,
  ]);
});

it.each<[string, number, Handler]>([
  ['an error', 500, () => Promise.reject(new Error('x'))],
  // As without us: a copy would be answered 500 by the server, past everything.
  ['a stream that fails at once', 200, () => new Response(failing())],
  [
    'what is written to the response of Node',
    202,
    (_, { outgoing }) => {
      outgoing.writeHead(202, { Vary: 'Accept' });
      outgoing.end();
      return alreadySent;
    },
  ],
])('is on the reply to %s', async (_, status, handler) => {
  const [sent, grant, vary] = await ask(listenerOf(cors(POLICY)(handler)));
  expect([sent, grant]).toEqual([status, A]);
  expect(vary).toMatch(/(?:^|, )Origin$/);
});

/** Made before the server puts a class of its own in the place of the global one, as its own constant is. */
const alreadySent = new Response(null, { headers: { 'x-hono-already-sent': 'true' } });

function failing(): ReadableStream {
  return new ReadableStream({ pull: (controller) => controller.error(new Error('x')) });
}

it.each<[string, number, Handler]>([
  ['that is fulfilled', 200, () => new Response('x')],
  ['that fails', 500, () => Promise.reject(new Error('x'))],
])('waits for a predicate of a request %s', async (_, status, handler) => {
  const origin = async (given: string): Promise<boolean> => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return given === A;
  };
  const listener = listenerOf(cors({ origin })(handler));
  expect(await ask(listener)).toEqual([status, A, 'Origin']);
  expect(await ask(listener, EVIL)).toEqual([status, '', 'Origin']);
});

it('is in conflict with another policy further out, of Node or of a handler, and not with the same', async () => {
  const policy = createCors(POLICY);
  const open = createCors({ origin: '*' });
  const inner = (its: Policy): Handler => cors({ policy: its })(hello);
  const behindNode = (its: Policy): Listener => {
    const handle = nodeCors({ policy });
    const listener = listenerOf(inner(its));
    return (request, response) => {
      if (!handle(request, response)) listener(request, response);
    };
  };
  const behindHandler = (its: Policy, passes: boolean): Listener =>
    listenerOf(
      cors({ policy })((request: Request, bindings: HttpBindings) =>
        inner(its)(request, passes ? bindings : ({} as HttpBindings)),
      ),
    );
  for (const layered of [
    behindNode,
    (its: Policy) => behindHandler(its, true),
    (its: Policy) => behindHandler(its, false),
  ]) {
    expect(await ask(layered(policy))).toEqual([200, A, 'Origin']);
    expect(warned()).toEqual([]);
    expect(await ask(layered(open))).toEqual([200, '', 'Origin']);
    expect(warned()).toEqual(['CORS_POLICY_CONFLICT']);
    warn.mockClear();
  }
});

it('is the last one, where the same request is handled again', async () => {
  const first = cors({ origin: EVIL })(hello);
  const second = cors(POLICY)(hello);
  const again: Handler = async (request, bindings) => {
    await first(request, bindings);
    return second(request, bindings);
  };
  expect(await ask(listenerOf(again))).toEqual([200, A, 'Origin']);
  expect(warned()).toEqual([]);
});

it('is on whatever is sent for the request, as on the other adapters of Node', async () => {
  const inner = cors(POLICY)<[HttpBindings]>(() => new Response('x', { status: 404 }));
  const another: Handler = async (request, bindings) => {
    await inner(request, bindings);
    return new Response('y');
  };
  expect(await ask(listenerOf(another))).toEqual([200, A, 'Origin']);
  expect(await ask(listenerOf(another), EVIL)).toEqual([200, '', 'Origin']);
});

it('is on no reply but that of its own request, whatever is passed on with another', async () => {
  const inner = cors({ origin: '*' })(hello);
  const listener = (handler: Handler): Listener => listenerOf(handler);
  const outer: Handler = async (request, bindings) => {
    const own = new Request(request.url, { headers: { origin: EVIL } });
    const reply = await inner(own, bindings);
    expect(reply.headers.get('access-control-allow-origin')).toBe('*');
    return new Response('y');
  };
  expect(await ask(listener(outer))).toEqual([200, '', '']);
  expect(await ask(listener(cors(POLICY)(outer)))).toEqual([200, A, 'Origin']);
  expect(warned()).toEqual([]);
});

it('finds the response of Node by what the server keeps on its request, of any version', () => {
  const incoming = {};
  const outgoing = { writeHead: () => undefined };
  const of = (own: object, bindings: unknown): unknown =>
    nodeResponseOf(Object.assign(new Request('http://localhost'), own), bindings);
  for (const key of [Symbol('incoming'), Symbol('another'), Symbol('incoming')]) {
    expect(of({ [key]: incoming }, { incoming, outgoing })).toBe(outgoing);
    expect(of({ [key]: {} }, { incoming, outgoing })).toBeNull();
    const copy: Request = Object.create(
      Object.assign(new Request('http://localhost'), { [key]: incoming }),
    ) as Request;
    expect(nodeResponseOf(copy, { incoming, outgoing })).toBeNull();
  }
  const key = Symbol('incoming');
  for (const bindings of [
    undefined,
    null,
    'text',
    {},
    { incoming },
    { outgoing },
    { incoming: null, outgoing },
    { incoming, outgoing: 'text' },
    { incoming, outgoing: {} },
  ]) {
    expect(of({ [key]: incoming, [Symbol('none')]: null }, bindings)).toBeNull();
  }
});
