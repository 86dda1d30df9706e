import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

import type { Address } from '../../src/target.js';

export type SocketAddress = Extract<Address, { port: number }>;

/** A server of hand-written bytes; it and its sockets are gone when the test is. */
export async function byteServer(
  onConnection: (socket: Socket, received: () => string) => void,
): Promise<SocketAddress> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    let received = '';
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1');
    });
    onConnection(socket, () => received);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  );
  return { protocol: 'http/1.1', host: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

/** A server that answers every whole head with the same bytes and then leaves the connection open. */
export function replying(bytes: string, then?: (socket: Socket) => void): Promise<SocketAddress> {
  return byteServer((socket, received) => {
    let answered = 0;
    socket.on('data', () => {
      const heads = received().split('\r\n\r\n').length - 1;
      for (; answered < heads; answered += 1) {
        socket.write(Buffer.from(bytes, 'latin1'), () => then?.(socket));
      }
    });
  });
}

/** A port that nobody listens on. */
export async function closedPort(): Promise<SocketAddress> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return { protocol: 'http/1.1', host: '127.0.0.1', port };
}
