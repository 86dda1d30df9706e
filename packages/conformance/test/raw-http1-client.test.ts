import { describe, expect, test } from 'vitest';

import type { WireRequest } from '../src/audit.js';
import { type Client, type ClientLimits, createClient } from '../src/client.js';
import { byteServer, closedPort, replying } from './support/byte-server.js';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const get: WireRequest = { method: 'GET', path: '/ok', headers: [] };

function failsWith(code: string): Error {
  return expect.objectContaining({ name: 'TransportError', code }) as Error;
}

describe('what leaves', () => {
  /** The bytes that a request puts on the wire. */
  async function sent(request: WireRequest, expected: number): Promise<string> {
    let seen = '';
    const address = await byteServer((socket, received) => {
      socket.on('data', () => {
        seen = received();
        if (seen.length >= expected) socket.end(OK);
      });
    });
    await createClient(address).send(request);
    return seen.replace(`127.0.0.1:${address.port}`, 'ADDRESS');
  }

  test('lines go out as given: order, case, repeats, control characters, line breaks', async () => {
    const lines = [
      ['host', 'h'],
      ['ORIGIN', 'https://a.example'],
      ['origin', 'https://b.example\r\nX-Split: 1'],
      ['Origin', ' \t\0\x0b\x7f\xff\n'],
      ['bad name', ''],
    ] as const;
    const bytes =
      'get  /a b\0 HTTP/1.1\r\nhost: h\r\nORIGIN: https://a.example\r\n' +
      'origin: https://b.example\r\nX-Split: 1\r\nOrigin:  \t\0\x0b\x7f\xff\n\r\nbad name: \r\n\r\n';
    expect(await sent({ method: 'get ', path: '/a b\0', headers: lines }, bytes.length)).toBe(
      bytes,
    );
  });

  test('Host comes first where it is missing, Content-Length last for a body', async () => {
    const bytes = await sent({ method: 'PUT', path: '/', headers: [['X', 'y']], body: 'é' }, 1);
    expect(bytes).toBe(
      'PUT / HTTP/1.1\r\nHost: ADDRESS\r\nX: y\r\nContent-Length: 2\r\n\r\n\xc3\xa9',
    );
  });

  test.each(['Content-Length', 'transfer-encoding'])('not where %s is given', async (name) => {
    const bytes = await sent({ method: 'PUT', path: '/', headers: [[name, '9']], body: 'x' }, 1);
    expect(bytes).toBe(`PUT / HTTP/1.1\r\nHost: ADDRESS\r\n${name}: 9\r\n\r\nx`);
  });

  test('a head of a megabyte', async () => {
    const value = 'x'.repeat(1_000_000);
    const bytes = await sent({ ...get, headers: [['X', value]] }, 1_000_000);
    expect(bytes).toContain(value);
  });

  test('a character that is no byte is an error of the audit', async () => {
    const address = await replying(OK);
    await expect(
      createClient(address).send({ ...get, headers: [['Origin', 'https://\u0430.example']] }),
    ).rejects.toThrow(expect.objectContaining({ name: 'HarnessError', origin: 'suite' }) as Error);
  });
});

describe('what comes back', () => {
  test('a reply in pieces, after an interim one', async () => {
    const address = await byteServer((socket) => {
      socket.once('data', () => {
        const pieces = [
          'HTTP/1.1 103 Early',
          ' Hints\r\nLink: </a>\r\n',
          '\r\nHTTP/1.1 2',
          '00 OK\r',
          '\nTransfer-Encoding: chunked\r\n\r\n2\r',
          '\nok\r\n0\r\n\r\n',
        ];
        const next = (): void => {
          const piece = pieces.shift();
          if (piece !== undefined) socket.write(piece, () => setTimeout(next, 5));
        };
        next();
      });
    });
    expect(await createClient(address).send(get)).toEqual({
      status: 200,
      headers: [['Transfer-Encoding', 'chunked']],
      body: 'ok',
      interim: [{ status: 103, headers: [['Link', '</a>']] }],
    });
  });

  test('a body that ends with the connection', async () => {
    const address = await replying(
      'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nno',
      (socket) => socket.end(),
    );
    expect(await createClient(address).send(get)).toMatchObject({ status: 400, body: 'no' });
  });

  test('an upgrade: the bytes after it are another protocol', async () => {
    const address = await replying('HTTP/1.1 101 X\r\nUpgrade: test\r\n\r\n\x81\x00');
    expect(await createClient(address).send(get)).toMatchObject({ status: 101, body: '' });
  });

  test('the head alone, of a reply without end', async () => {
    const address = await replying('HTTP/1.1 200 OK\r\nX: y\r\n\r\ndata: 1\n\n');
    expect(await createClient(address).sendForHead(get)).toEqual({
      status: 200,
      headers: [['X', 'y']],
      body: '',
      interim: [],
    });
  });

  test('the connection is closed after a reply', async () => {
    const closed = new Promise((resolve) => {
      void byteServer((socket) => {
        socket.on('data', () => socket.write(OK));
        socket.on('end', resolve);
      }).then((address) => createClient(address).send(get));
    });
    await closed;
  });
});

describe('one connection', () => {
  const paths = (client: Client, ...all: string[]) =>
    client.onOneConnection(async (send) => {
      const bodies: string[] = [];
      for (const path of all) bodies.push((await send({ ...get, path })).body);
      return bodies;
    });

  test('one request after another, each on the same socket', async () => {
    let connections = 0;
    const address = await byteServer((socket) => {
      connections += 1;
      socket.on('data', (bytes) => {
        const path = /^GET (\S+)/.exec(bytes.toString())?.[1] ?? '';
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${path.length}\r\n\r\n${path}`);
      });
    });
    expect(await paths(createClient(address), '/a', '/b/c', '/')).toEqual(['/a', '/b/c', '/']);
    expect(connections).toBe(1);
  });

  test('a server that closes between two requests', async () => {
    const address = await replying(OK, (socket) => socket.end());
    await expect(paths(createClient(address), '/a', '/b')).rejects.toThrow(
      expect.objectContaining({
        code: expect.stringMatching(/^(closed-early|reset)$/) as string,
      }) as Error,
    );
  });

  test('bytes that nobody asked for', async () => {
    const address = await byteServer((socket) => {
      socket.once('data', () => {
        socket.write(OK, () => setTimeout(() => socket.write(OK), 20));
      });
    });
    const client = createClient(address);
    const late = client.onOneConnection(async (send) => {
      await send(get);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await send(get);
    });
    await expect(late).rejects.toThrow(failsWith('malformed'));
  });
});

describe('no reply to judge', () => {
  const tight: Partial<ClientLimits> = {
    timeoutMs: 200,
    maxHeadBytes: 10_000,
    maxBodyBytes: 10_000,
  };

  test('nobody listens', async () => {
    await expect(createClient(await closedPort()).send(get)).rejects.toThrow(failsWith('refused'));
  });

  test('the host does not exist', async () => {
    const client = createClient({ protocol: 'http/1.1', host: 'no-such-host.invalid', port: 80 });
    await expect(client.send(get)).rejects.toThrow(failsWith('unreachable'));
  });

  test.each([0, 65_536, 1.5, Number.NaN])('a port that is none: %d', (port) => {
    expect(() => createClient({ protocol: 'http/1.1', host: '127.0.0.1', port })).toThrow(
      expect.objectContaining({ name: 'HarnessError', origin: 'target' }) as Error,
    );
  });

  test('the connection is reset', async () => {
    const address = await byteServer((socket) => {
      socket.on('data', () => socket.resetAndDestroy());
    });
    await expect(createClient(address).send(get)).rejects.toThrow(failsWith('reset'));
  });

  test('the connection ends without a reply', async () => {
    const address = await replying('', (socket) => socket.end());
    await expect(createClient(address).send(get)).rejects.toThrow(failsWith('closed-early'));
  });

  test('the reply breaks off: what had arrived is at hand', async () => {
    const address = await replying(
      'HTTP/1.1 200 OK\r\nContent-Length: 9\r\nX: y\r\n\r\npart',
      (socket) => socket.end(),
    );
    await expect(createClient(address).send(get)).rejects.toThrow(
      expect.objectContaining({
        code: 'closed-early',
        partial: {
          status: 200,
          headers: [
            ['Content-Length', '9'],
            ['X', 'y'],
          ],
          body: 'part',
          interim: [],
        },
      }) as Error,
    );
  });

  test('garbage', async () => {
    const address = await replying('\x16\x03\x01\x02\x00\r\n\r\n');
    await expect(createClient(address).send(get)).rejects.toThrow(failsWith('malformed'));
  });

  test('a second reply in the first: response splitting', async () => {
    const address = await replying(`${OK}${OK}`);
    await expect(createClient(address).send(get)).rejects.toThrow(failsWith('malformed'));
  });

  test('a head without end', async () => {
    const address = await byteServer((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const more = (): void => {
          if (socket.writable) socket.write('X: y\r\n'.repeat(100), more);
        };
        more();
      });
    });
    await expect(createClient(address, { maxHeadBytes: 10_000 }).send(get)).rejects.toThrow(
      failsWith('too-large'),
    );
  });

  test('a body of megabytes', async () => {
    const address = await replying(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(5_000_000)}`);
    await expect(createClient(address).send(get)).rejects.toThrow(failsWith('too-large'));
  });

  test('a server that says nothing', async () => {
    const address = await byteServer(() => undefined);
    await expect(createClient(address, tight).send(get)).rejects.toThrow(failsWith('timeout'));
  });

  test('a server that says a byte now and then', async () => {
    const address = await byteServer((socket) => {
      const timer = setInterval(() => socket.write('H'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    await expect(createClient(address, tight).send(get)).rejects.toThrow(failsWith('timeout'));
  });

  test('a body that does not come: its head is at hand', async () => {
    const address = await replying('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n');
    await expect(createClient(address, tight).send(get)).rejects.toThrow(
      expect.objectContaining({
        code: 'timeout',
        partial: expect.objectContaining({ status: 200 }) as unknown,
      }) as Error,
    );
  });

  test('the suite gives up, before or during the request', async () => {
    const address = await byteServer(() => undefined);
    const before = createClient(address, { signal: AbortSignal.abort() });
    await expect(before.send(get)).rejects.toThrow(failsWith('aborted'));
    const during = createClient(address, { signal: AbortSignal.timeout(50) });
    await expect(during.send(get)).rejects.toThrow(failsWith('aborted'));
  });
});

describe('breaking off', () => {
  test('the whole request arrives, and the connection ends', async () => {
    let received = '';
    let ended: () => void = () => undefined;
    const end = new Promise<void>((resolve) => (ended = resolve));
    const address = await byteServer((socket, all) => {
      socket.on('end', () => {
        received = all();
        ended();
      });
    });
    await createClient(address).sendAndAbort({ ...get, body: 'body' });
    await end;
    expect(received).toMatch(/^GET \/ok HTTP\/1\.1\r\n.*\r\n\r\nbody$/s);
  });

  test('nobody listens', async () => {
    await expect(createClient(await closedPort()).sendAndAbort(get)).rejects.toThrow(
      failsWith('refused'),
    );
  });
});
