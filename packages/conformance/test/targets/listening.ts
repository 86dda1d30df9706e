import { createServer, type RequestListener, type ServerOptions } from 'node:http';
import { createServer as createHttp2Server, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';

import { nodeUpgrade, type RunningTarget, type Scenario } from '../../src/index.js';

type Listening = Pick<RunningTarget, 'address' | 'close'>;

/** A server of `node:http` on a free local port. */
export async function listenHttp1(
  scenario: Scenario,
  listener: RequestListener,
): Promise<Listening> {
  const options: ServerOptions =
    scenario.maxHeaderSize === undefined ? {} : { maxHeaderSize: scenario.maxHeaderSize };
  const server = createServer(options, listener);
  // Node's default keeps only the first 1,000 lines of a head (its half, in pairs).
  if (scenario.maxHeaderSize !== undefined) server.maxHeadersCount = 0;
  server.on('upgrade', nodeUpgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: {
      protocol: 'http/1.1',
      host: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

/** A server of `node:http2`, without TLS, on a free local port. */
export async function listenHttp2(
  listener: NonNullable<Parameters<typeof createHttp2Server>[1]>,
): Promise<Listening> {
  const sessions = new Set<ServerHttp2Session>();
  const server = createHttp2Server({}, listener);
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: { protocol: 'h2c', host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const session of sessions) session.destroy();
      }),
  };
}
