/**
 * Servers that answer well, badly, or not at all.
 */
import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net';

import { generate } from 'selfsigned';
import { afterAll } from 'vitest';

const running: { readonly server: Server; readonly sockets: Set<Socket> }[] = [];

afterAll(() => {
  for (const { server, sockets } of running) {
    server.close();
    for (const socket of sockets) socket.destroy();
  }
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  running.push({ server, sockets });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A server of HTTP. */
export async function httpServer(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer(listener))}`;
}

/** A server that answers whatever it gets with these bytes, in pieces as long as the client takes them. */
export async function rawServer(
  answer: (socket: Socket, request: string) => void,
): Promise<string> {
  const server = createTcp((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (data: Buffer) => answer(socket, data.toString('latin1')));
  });
  return `http://127.0.0.1:${await listen(server)}`;
}

/** A server of HTTPS whose certificate is its own, for a host. */
export async function httpsServer(
  listener: RequestListener,
  host: string,
): Promise<{ readonly url: string; readonly certificate: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: host }], {
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
    ],
  });
  const port = await listen(createHttps({ key, cert }, listener));
  return { url: `https://localhost:${port}`, certificate: cert };
}

/** An address where nothing listens any more. */
export async function closedAddress(): Promise<string> {
  const server = createTcp();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
