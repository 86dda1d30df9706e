import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';

import type { WireRequest } from '../src/audit.js';
import { createClient } from '../src/client.js';
import { byteServer, closedPort, type SocketAddress } from './support/byte-server.js';

const get: WireRequest = { method: 'GET', path: '/ok', headers: [] };

function failsWith(code: string): Error {
  return expect.objectContaining({ name: 'TransportError', code }) as Error;
}

async function h2Server(
  onStream: (
    stream: http2.ServerHttp2Stream,
    headers: http2.IncomingHttpHeaders,
    raw: readonly string[],
  ) => void,
): Promise<SocketAddress> {
  const sessions = new Set<http2.ServerHttp2Session>();
  const server = http2.createServer();
  server.on('session', (session) => sessions.add(session));
  server.on('sessionError', () => undefined);
  // The types know no fourth argument, the raw header list.
  const listener = (
    stream: http2.ServerHttp2Stream,
    headers: http2.IncomingHttpHeaders,
    _flags: number,
    raw: readonly string[] = [],
  ): void => {
    stream.on('error', () => undefined);
    onStream(stream, headers, raw);
  };
  server.on('stream', listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        for (const session of sessions) session.destroy();
        server.close(() => resolve());
      }),
  );
  return { protocol: 'h2c', host: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

describe('what leaves', () => {
  test('repeated lines stay apart, Host becomes :authority, a body follows', async () => {
    let seen: readonly string[] = [];
    let body = '';
    const address = await h2Server((stream, _headers, raw) => {
      seen = raw;
      stream.on('data', (bytes: Buffer) => (body += bytes.toString()));
      stream.on('end', () => {
        stream.respond({ ':status': 200 });
        stream.end('ok');
      });
    });
    const reply = await createClient(address).send({
      method: 'PUT',
      path: '/ok?x=y',
      headers: [
        ['Host', 'other.example'],
        ['Origin', 'https://a.example'],
        ['X', ' \u00e9\t'],
        ['origin', 'https://b.example'],
      ],
      body: 'é',
    });
    expect(reply).toEqual({
      status: 200,
      headers: [['date', expect.any(String)]],
      body: 'ok',
      interim: [],
    });
    expect(body).toBe('é');
    expect(seen).toEqual([
      ':method',
      'PUT',
      ':path',
      '/ok?x=y',
      ':scheme',
      'http',
      ':authority',
      'other.example',
      'origin',
      'https://a.example',
      'origin',
      'https://b.example',
      'x',
      '\u00e9',
    ]);
  });

  test('a large head', async () => {
    const address = await h2Server((stream, headers) => {
      stream.respond({ ':status': 200 });
      stream.end(String(headers['x']?.length));
    });
    // Below the 64 KiB that Node's server takes by itself.
    const headers = [['X', 'x'.repeat(60_000)]] as const;
    expect((await createClient(address).send({ ...get, headers })).body).toBe('60000');
  });

  test.each([
    ['a method that is no token', { ...get, method: 'GET /x' }],
    ['a name that is no token', { ...get, headers: [['bad name', 'x']] as const }],
    ['NUL in a value', { ...get, headers: [['X', 'a\0b']] as const }],
    ['a character that is no byte', { ...get, headers: [['X', '\u0100']] as const }],
    ['a field of the connection', { ...get, headers: [['Connection', 'close']] as const }],
    [
      'two hosts',
      {
        ...get,
        headers: [
          ['Host', 'a'],
          ['Host', 'b'],
        ] as const,
      },
    ],
    [
      'two lines that node refuses',
      {
        ...get,
        headers: [
          ['Access-Control-Request-Method', 'PUT'],
          ['Access-Control-Request-Method', 'GET'],
        ] as const,
      },
    ],
  ])('%s is an error, not another request', async (_name, request) => {
    const address = await h2Server((stream) => {
      stream.respond({ ':status': 200 });
      stream.end();
    });
    await expect(createClient(address).send(request)).rejects.toThrow(
      expect.objectContaining({ name: 'HarnessError', origin: 'suite' }) as Error,
    );
  });
});

describe('what comes back', () => {
  test('repeated fields stay apart, interim replies are told', async () => {
    const address = await h2Server((stream) => {
      stream.additionalHeaders({ ':status': 103, link: '</a>' });
      stream.respond({
        ':status': 200,
        'access-control-allow-origin': ['https://a.example', 'https://b.example'] as never,
        vary: ['A', 'B'] as never,
        'x-latin': '\u00e9',
      });
      stream.end('\xe9 é');
    });
    const reply = await createClient(address).send(get);
    expect(reply.interim).toEqual([{ status: 103, headers: [['link', '</a>']] }]);
    expect(reply.headers.filter(([name]) => name !== 'date')).toEqual([
      ['access-control-allow-origin', 'https://a.example'],
      ['access-control-allow-origin', 'https://b.example'],
      ['vary', 'A'],
      ['vary', 'B'],
      ['x-latin', '\u00e9'],
    ]);
    expect(reply.body).toBe('é é');
  });

  test('HEAD, 204 and the head alone', async () => {
    const address = await h2Server((stream, headers) => {
      if (headers[':path'] === '/endless') {
        stream.respond({ ':status': 200, x: 'y' });
        stream.write('data');
      } else
        stream.respond(
          { ':status': headers[':method'] === 'HEAD' ? 200 : 204 },
          { endStream: true },
        );
    });
    const client = createClient(address);
    expect(await client.send({ ...get, method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
    expect(await client.send(get)).toMatchObject({ status: 204, body: '' });
    expect(await client.sendForHead({ ...get, path: '/endless' })).toMatchObject({
      status: 200,
      headers: expect.arrayContaining([['x', 'y']]) as unknown,
      body: '',
    });
  });

  test('several requests on one session', async () => {
    const sessions = new Set<unknown>();
    const address = await h2Server((stream, headers) => {
      sessions.add(stream.session);
      stream.respond({ ':status': 200 });
      stream.end(headers[':path']);
    });
    const bodies = await createClient(address).onOneConnection(async (send) => {
      const first = await send({ ...get, path: '/a' });
      const second = await send({ ...get, path: '/b' });
      return [first.body, second.body];
    });
    expect(bodies).toEqual(['/a', '/b']);
    expect(sessions.size).toBe(1);
  });
});

describe('no reply to judge', () => {
  const refused = async (): Promise<SocketAddress> => ({
    ...(await closedPort()),
    protocol: 'h2c',
  });
  const onBytes = async (...behaviour: Parameters<typeof byteServer>): Promise<SocketAddress> => ({
    ...(await byteServer(...behaviour)),
    protocol: 'h2c',
  });

  test.each<[string, string, () => Promise<SocketAddress>]>([
    ['nobody listens', 'refused', refused],
    [
      'the server speaks HTTP/1.1',
      'malformed',
      () => onBytes((socket) => void socket.end('HTTP/1.1 400 X\r\n\r\n')),
    ],
    [
      'the connection is reset',
      'reset',
      () => onBytes((socket) => socket.on('data', () => socket.resetAndDestroy())),
    ],
    ['the connection ends', 'closed-early', () => onBytes((socket) => void socket.end())],
    ['the server says nothing', 'timeout', () => onBytes(() => undefined)],
    ['the stream gets no reply', 'timeout', () => h2Server(() => undefined)],
    [
      'the stream is reset',
      'reset',
      () => h2Server((stream) => void stream.destroy(new Error('x'))),
    ],
    ['the session is ended', 'closed-early', () => h2Server((stream) => stream.session?.destroy())],
    [
      'the body is too short',
      'reset',
      () =>
        h2Server((stream) => {
          stream.respond({ ':status': 200, 'content-length': '10' });
          stream.end('abc');
        }),
    ],
    [
      'the body is too large',
      'too-large',
      () =>
        h2Server((stream) => {
          stream.respond({ ':status': 200 });
          stream.end('x'.repeat(20_000));
        }),
    ],
    [
      'the head is too large',
      'too-large',
      () =>
        h2Server((stream) => {
          stream.respond({ ':status': 200, x: 'x'.repeat(20_000) });
          stream.end();
        }),
    ],
  ])('%s: %s', async (_name, code, start) => {
    const limits = { timeoutMs: 500, maxHeadBytes: 10_000, maxBodyBytes: 10_000 };
    await expect(createClient(await start(), limits).send(get)).rejects.toThrow(failsWith(code));
  });

  test('the reply breaks off: what had arrived is at hand', async () => {
    const address = await h2Server((stream) => {
      stream.respond({ ':status': 200, x: 'y' });
      stream.write('part', () => setTimeout(() => stream.destroy(new Error('x')), 50));
    });
    await expect(createClient(address).send(get)).rejects.toThrow(
      expect.objectContaining({
        code: 'reset',
        partial: expect.objectContaining({ status: 200, body: 'part' }) as unknown,
      }) as Error,
    );
  });
});

test('a session that ends in the middle of a body', async () => {
  const address = await h2Server((stream) => {
    stream.respond({ ':status': 200 });
    stream.write('part', () => setTimeout(() => stream.session?.destroy(), 50));
  });
  await expect(createClient(address).send(get)).rejects.toThrow(failsWith('closed-early'));
});

test('breaking off cancels a request that has arrived', async () => {
  let aborted: (path: unknown) => void = () => undefined;
  const path = new Promise((resolve) => (aborted = resolve));
  const address = await h2Server((stream, headers) => {
    stream.on('close', () => aborted(headers[':path']));
  });
  await createClient(address).sendAndAbort(get);
  expect(await path).toBe('/ok');
  await expect(
    createClient({ ...(await closedPort()), protocol: 'h2c' }).sendAndAbort(get),
  ).rejects.toThrow(failsWith('refused'));
});
