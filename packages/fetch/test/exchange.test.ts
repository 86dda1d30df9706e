/** What frameworks whose requests and responses are web-standard stand on. */
import { createCors, createHandler, type Handler } from '@cors/core';
import { describe, expect, it } from 'vitest';
import { type Exchange, openExchange, warn } from '../src/index.js';

const A = 'https://a.example';
const policy = createCors({ origin: A });
/** The path `/none` is to have no CORS. */
const handler = createHandler<Request>(
  { policy: ({ url }) => (url.endsWith('/none') ? false : policy) },
  { lowerCase: false, warn },
);
const request = (path = '/', origin = A): Request =>
  new Request(`https://api.example${path}`, { headers: { origin } });
const open = async (incoming: Request, its: Handler<Request> = handler): Promise<Exchange> =>
  openExchange(its, incoming, incoming);
const grantOf = ({ headers }: Response): string | null =>
  headers.get('access-control-allow-origin');

describe('a reply with a body', () => {
  it('is changed in place, with one mark on it', async () => {
    const exchange = await open(request());
    const reply = new Response('x');
    const keys = Reflect.ownKeys(reply);
    expect([exchange.commit(reply), exchange.commit(reply)]).toEqual([reply, reply]);
    expect([grantOf(reply), reply.headers.get('vary')]).toEqual([A, 'Origin']);
    const added = Reflect.ownKeys(reply).filter((key) => !keys.includes(key));
    expect(added.map(String)).toEqual(['Symbol(@cors/fetch.inForce)']);
  });

  it.each(['text', 'stream', 'bytes'])(
    'is not read, nor asked for where it has a type: %s',
    async (kind) => {
      const body = kind === 'text' ? 'x' : new TextEncoder().encode('x');
      const reply = new Response(kind === 'stream' ? new Blob([body]).stream() : body);
      if (kind === 'text') {
        Object.defineProperty(reply, 'body', { get: () => expect.fail('asked for it') });
      }
      expect((await open(request())).commit(reply)).toBe(reply);
      expect([grantOf(reply), await reply.text()]).toEqual([A, 'x']);
    },
  );

  it.each<[string, () => Response | Promise<Response>]>([
    ['takes no mark', () => Object.freeze(new Response('x'))],
    ['is immutable', async () => immutable()],
  ])('is copied where it %s', async (_, make) => {
    const given = await make();
    const reply = (await open(request())).commit(given);
    expect([grantOf(reply), await reply.text(), grantOf(given)]).toEqual([A, 'x', null]);
  });

  it('shows no later request what the first was granted, when it is kept', async () => {
    const kept = new Response('x');
    (await open(request())).commit(kept);
    for (const path of ['/none', '/none']) {
      const reply = (await open(request(path))).commit(kept);
      expect([grantOf(reply), await reply.text()]).toEqual([null, 'x']);
    }
    expect(grantOf((await open(request('/', 'https://x.example'))).commit(kept))).toBeNull();
    expect(grantOf(kept)).toBe(A);
  });

  it('shows no request at the same time what another was granted, when it is shared', async () => {
    const shared = new Response('x');
    const other = 'https://x.example';
    const exchanges = [
      await open(request()),
      await open(request('/', other)),
      await open(request()),
    ];
    const replies = exchanges.map((each) => each.commit(shared));
    expect(replies.map(grantOf)).toEqual([A, null, A]);
    expect(new Set(replies).size).toBe(3);
  });

  it('keeps what an application further in granted to a request of its own', async () => {
    const outer = await open(request('/none'));
    const reply = new Response('x');
    (await open(request())).commit(reply);
    expect(grantOf(outer.commit(reply))).toBe(A);
  });

  it('is no other one for an adapter further out', async () => {
    const incoming = request();
    const [outer, inner] = [await open(incoming), await open(incoming)];
    for (const given of [new Response('x'), new Response(null), await immutable()]) {
      const reply = inner.commit(given);
      expect([outer.commit(reply), grantOf(reply)]).toEqual([reply, A]);
    }
  });
});

describe('a reply without a body', () => {
  it.each<[string, ResponseInit]>([
    ['by its status', { status: 204, headers: { 'Content-Type': 'text/plain' } }],
    ['by what it was made of', { headers: { 'X-Own': '1' } }],
  ])('may be given to any number of requests, so that it is copied: %s', async (_, init) => {
    const shared = new Response(null, init);
    for (const origin of [A, 'https://x.example', A]) {
      const reply = (await open(request('/', origin))).commit(shared);
      expect([reply.status, reply.body, grantOf(reply)]).toEqual([
        shared.status,
        null,
        origin === A ? A : null,
      ]);
    }
    expect([...shared.headers].map(([name]) => name)).toEqual(
      Object.keys(init.headers ?? {}).map((name) => name.toLowerCase()),
    );
  });

  it('is not asked for one where its status says that there is none', async () => {
    const given = new Response(null, { status: 204 });
    Object.defineProperty(given, 'body', { get: () => expect.fail('asked for it') });
    expect(grantOf((await open(request())).commit(given))).toBe(A);
  });

  it("is changed in place where it is known to be this request's alone", async () => {
    const own = new Response(null);
    expect([(await open(request())).commit(own, true), grantOf(own)]).toEqual([own, A]);
  });
});

/** As a proxied fetch gives it. */
const immutable = async (): Promise<Response> => fetch('data:text/plain,x');

it.each([
  [204, null],
  [403, '0'],
])('a reply without a body has one length: %i', async (status, length) => {
  const headers = { 'Content-Length': '5', 'Transfer-Encoding': 'chunked' };
  const own = new Response(null, { status, headers });
  const reply = (await open(request())).commitWithoutBody(own);
  expect(reply).toBe(own);
  expect([
    reply.headers.get('content-length'),
    reply.headers.get('transfer-encoding'),
    grantOf(reply),
  ]).toEqual([length, null, A]);
});

describe('the decision', () => {
  const other = createHandler<Request>(
    { origin: '*' },
    { lowerCase: false, warn: () => undefined },
  );

  it('is that of an exchange further in, which leaves it in force', async () => {
    const incoming = request();
    const outer = await open(incoming);
    const inner = await open(incoming, other);
    inner.close();
    expect(outer.decision.reason).toBe('policy-conflict');
    outer.close();
    expect(outer.decision.reason).toBe('policy-conflict');
    expect(grantOf(outer.commit(new Response()))).toBeNull();
  });

  it('is one for all that are open, and stays theirs when they are closed', async () => {
    const incoming = request();
    const all = [await open(incoming), await open(incoming), await open(incoming, other)];
    const reasons = (): string[] => all.map(({ decision }) => decision.reason);
    expect(reasons()).toEqual(Array(3).fill('policy-conflict'));
    for (const each of [...all].reverse()) each.close();
    expect((await open(incoming)).decision.reason).toBe('origin-allowed');
    expect(reasons()).toEqual(Array(3).fill('policy-conflict'));
  });

  it('is one for each of two adapters that handle the same request at once', async () => {
    const deciding = (allowed: boolean): Handler<Request> =>
      createHandler<Request>(
        { origin: () => Promise.resolve(allowed) },
        { lowerCase: false, warn },
      );
    const incoming = request();
    const [denied, granted] = await Promise.all([
      open(incoming, deciding(false)),
      open(incoming, deciding(true)),
    ]);
    const grants = [denied, granted].map((each) => grantOf(each.commit(new Response('x'))));
    expect(grants).toEqual([null, A]);
  });

  it('is made anew when the same request is handled again', async () => {
    const incoming = request();
    (await open(incoming)).close();
    expect((await open(incoming, other)).decision.reason).toBe('any-origin');
  });
});
