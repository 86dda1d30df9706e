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

describe('a reply that was made for the request', () => {
  it('is changed in place, with one mark on it', async () => {
    const exchange = await open(request());
    const own = new Response('x');
    const keys = Reflect.ownKeys(own);
    expect(exchange.commit(own, 'in-place')).toBe(own);
    expect([grantOf(own), own.headers.get('vary')]).toEqual([A, 'Origin']);
    const added = Reflect.ownKeys(own).filter((key) => !keys.includes(key));
    expect(added.map(String)).toEqual(['Symbol(@cors/fetch.change)']);
  });

  it('is copied where it takes no mark', async () => {
    const own = Object.freeze(new Response('x'));
    const reply = (await open(request())).commit(own, 'in-place');
    expect([grantOf(reply), await reply.text(), grantOf(own)]).toEqual([A, 'x', null]);
  });

  it('is copied where it is empty, without asking for its body', async () => {
    const exchange = await open(request());
    const own = new Response(null, { status: 204, headers: { 'X-Own': '1' } });
    Object.defineProperty(own, 'body', { get: () => expect.fail('asked for it') });
    const reply = exchange.commit(own, 'empty');
    expect([reply.status, reply.headers.get('x-own'), grantOf(reply)]).toEqual([204, '1', A]);
    expect(grantOf(own)).toBeNull();
  });

  it('shows no later request what the first was granted, when it is kept', async () => {
    const kept = new Response('x');
    (await open(request())).commit(kept, 'in-place');
    for (const path of ['/none', '/none']) {
      const reply = (await open(request(path))).commit(kept);
      expect([grantOf(reply), await reply.text()]).toEqual([null, 'x']);
    }
    expect(grantOf((await open(request('/', 'https://x.example'))).commit(kept))).toBeNull();
    expect(grantOf(kept)).toBe(A);
  });

  it('has what its handler exposes on later requests, when it is kept', async () => {
    const kept = new Response('x', { headers: { 'Access-Control-Expose-Headers': 'X-Total' } });
    (await open(request())).commit(kept, 'in-place');
    for (const [path, exposed] of [
      ['/', 'X-Total'],
      ['/none', 'X-Total'],
    ] as const) {
      const { headers } = (await open(request(path))).commit(kept);
      expect(headers.get('access-control-expose-headers')).toBe(exposed);
    }
  });

  it('keeps the fields of the application where there is no policy, when it is kept', async () => {
    const kept = new Response('x', { headers: { 'Access-Control-Allow-Origin': '*' } });
    expect(grantOf((await open(request('/none'))).commit(kept, 'in-place'))).toBe('*');
    expect(grantOf((await open(request('/none'))).commit(kept))).toBe('*');
  });

  it('keeps what an application further in granted to a request of its own', async () => {
    const outer = await open(request('/none'));
    const reply = new Response('x');
    (await open(request())).commit(reply, 'in-place');
    expect(grantOf(outer.commit(reply))).toBe(A);
  });
});

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
