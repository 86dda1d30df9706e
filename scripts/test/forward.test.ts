import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { forward } from '../browsers/forward.js';
import { Http1RequestReader } from '../browsers/http1-request.js';

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** A server that notes what arrives, and replies with pieces. */
async function serve(...pieces: readonly string[]) {
  const arrived: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', (bytes) => {
      arrived.push(bytes.toString('latin1'));
      for (const [index, piece] of pieces.entries()) {
        setTimeout(() => socket.write(piece, 'latin1'), index * 10);
      }
      if (pieces.length === 0) socket.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, arrived };
}

function requestOf(text: string) {
  return new Http1RequestReader().read(Buffer.from(text, 'latin1'))[0]!;
}

const lines = 'Host: api.test\r\nX-A: \xe9\r\nx-a: 2\r\nContent-Length: 3\r\n';
const request = requestOf(
  `PUT http://api.test/x/1/?q HTTP/1.1\r\n${lines}Proxy-Connection: keep-alive\r\n\r\na\xffc`,
);

it('passes on all but what is for the proxy, and gives the reply back as it came', async () => {
  const pieces = [
    'HTTP/1.1 200 OK\r\nX-A: 1\r\nx-a: \xe9\r\nTransfer-',
    'Encoding: chunked\r\n\r\n2\r\nab\r\n',
    '0\r\n\r\n',
  ];
  const { port, arrived } = await serve(...pieces);
  const { bytes, headers } = await forward(request, port);
  expect(arrived).toEqual([`PUT /x/1/?q HTTP/1.1\r\n${lines}\r\na\xffc`]);
  expect(bytes).toBe(pieces.join(''));
  expect(headers.slice(0, 2)).toEqual([
    ['X-A', '1'],
    ['x-a', '\xe9'],
  ]);
});

it('gives no half of a reply', async () => {
  const { port } = await serve();
  await expect(forward(request, port)).rejects.toThrow('ended before');
});

it('gives nothing that is no reply', async () => {
  const { port } = await serve('no reply\r\n\r\n');
  await expect(forward(request, port)).rejects.toThrow('status line');
});
