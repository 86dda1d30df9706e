import { describe, expect, test } from 'vitest';

import type { WireRequest } from '../src/audit.js';
import { type ClientLimits, createClient } from '../src/client.js';

type Handler = (request: Request) => Promise<Response>;

const get: WireRequest = { method: 'GET', path: '/ok', headers: [] };

function clientOf(fetch: Handler, limits?: Partial<ClientLimits>) {
  return createClient({ protocol: 'memory', fetch }, limits);
}

describe('what a handler gets', () => {
  async function given(request: WireRequest): Promise<Request> {
    let seen: Request | undefined;
    await clientOf(async (given) => {
      seen = given;
      return new Response(await given.clone().text());
    }).send(request);
    if (seen === undefined) throw new Error('the handler was not called');
    return seen;
  }

  test('method, path, fields and body as asked, and nothing else', async () => {
    const request = await given({
      method: 'PATCH',
      path: '/a%20b?c=d',
      headers: [
        ['Host', 'api.example:8080'],
        ['Origin', 'https://a.example'],
        ['Access-Control-Request-Method', 'PUT'],
        ['Cookie', 'a=b'],
        ['Sec-Fetch-Site', 'cross-site'],
      ],
      body: 'é',
    });
    expect(request.method).toBe('PATCH');
    expect(request.url).toBe('http://api.example:8080/a%20b?c=d');
    expect(Object.fromEntries(request.headers)).toEqual({
      host: 'api.example:8080',
      origin: 'https://a.example',
      'access-control-request-method': 'PUT',
      cookie: 'a=b',
      'sec-fetch-site': 'cross-site',
    });
    expect(await request.text()).toBe('é');
  });

  test('repeated lines are joined, white space around a value is dropped, Host is there', async () => {
    const request = await given({
      ...get,
      headers: [
        ['X', ' a\t'],
        ['x', 'b'],
      ],
    });
    expect(Object.fromEntries(request.headers)).toEqual({ host: 'target.test', x: 'a, b' });
  });

  test.each<[string, WireRequest]>([
    ['a method that a Request normalises', { ...get, method: 'put' }],
    ['a method that a Request refuses', { ...get, method: 'TRACE' }],
    ['a method that is no token', { ...get, method: 'G T' }],
    ['a path that a URL rewrites', { ...get, path: '/a/../b' }],
    ['a fragment', { ...get, path: '/a#b' }],
    ['a body for GET', { ...get, body: 'x' }],
    ['a name that is no token', { ...get, headers: [['bad name', 'x']] }],
    ['NUL in a value', { ...get, headers: [['Origin', 'a\0b']] }],
    ['a line break in a value', { ...get, headers: [['Origin', 'a\r\nb']] }],
    [
      'a line break at the end of a value',
      { ...get, headers: [['Origin', 'https://a.example\n']] },
    ],
    ['a character that is no byte', { ...get, headers: [['Origin', '\u0430']] }],
    ['a host that is none', { ...get, headers: [['Host', 'a b']] }],
    ['a host that a URL rewrites', { ...get, headers: [['Host', 'a.example:80']] }],
  ])('%s is an error, not another request', async (_name, request) => {
    await expect(given(request)).rejects.toThrow(
      expect.objectContaining({ name: 'HarnessError', origin: 'suite' }) as Error,
    );
  });
});

describe('what comes back', () => {
  test('status, fields with two cookies, body', async () => {
    const headers = new Headers({ vary: 'Origin' });
    headers.append('set-cookie', 'a=1');
    headers.append('set-cookie', 'b=2');
    const reply = await clientOf(async () => new Response('é', { status: 201, headers })).send(get);
    expect(reply).toEqual({
      status: 201,
      headers: expect.arrayContaining([
        ['vary', 'Origin'],
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ]) as unknown,
      body: 'é',
      interim: [],
    });
  });

  test('no body for HEAD, nor where the head is enough', async () => {
    const client = clientOf(
      async () => new Response(new ReadableStream(), { headers: { x: 'y' } }),
    );
    expect(await client.send({ ...get, method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
    expect(await client.sendForHead(get)).toMatchObject({ status: 200, body: '' });
  });

  test('requests one after another', async () => {
    let count = 0;
    const client = clientOf(async () => new Response(String((count += 1))));
    const bodies = await client.onOneConnection(async (send) => [
      (await send(get)).body,
      (await send(get)).body,
    ]);
    expect(bodies).toEqual(['1', '2']);
  });
});

describe('no reply to judge', () => {
  const bodyThat = (pull: UnderlyingDefaultSource['pull']): Handler => {
    return async () => new Response(new ReadableStream({ pull: pull! }));
  };

  test.each<[string, string, Handler]>([
    ['it rejects', 'rejected', () => Promise.reject(new Error('x'))],
    [
      'it throws',
      'rejected',
      () => {
        throw new Error('x');
      },
    ],
    ['it gives nothing', 'malformed', (async () => undefined) as unknown as Handler],
    ['it never answers', 'timeout', () => new Promise(() => undefined)],
    ['its body never ends', 'timeout', bodyThat(() => new Promise(() => undefined))],
    [
      'its body breaks off',
      'closed-early',
      bodyThat((controller) => controller.error(new Error('x'))),
    ],
    [
      'its body is endless',
      'too-large',
      bodyThat((controller) => controller.enqueue(new Uint8Array(9_999))),
    ],
  ])('%s: %s', async (_name, code, handler) => {
    await expect(
      clientOf(handler, { timeoutMs: 200, maxBodyBytes: 100_000 }).send(get),
    ).rejects.toThrow(expect.objectContaining({ name: 'TransportError', code }) as Error);
  });

  test('a handler that nobody waits for any more can know it', async () => {
    let signal: AbortSignal | undefined;
    const client = clientOf(
      (request) => {
        signal = request.signal;
        return new Promise(() => undefined);
      },
      { timeoutMs: 50 },
    );
    await expect(client.send(get)).rejects.toThrow();
    expect(signal?.aborted).toBe(true);
  });

  test('there is no connection to break off', async () => {
    await expect(clientOf(async () => new Response()).sendAndAbort(get)).rejects.toThrow(
      expect.objectContaining({ name: 'HarnessError' }) as Error,
    );
  });
});
