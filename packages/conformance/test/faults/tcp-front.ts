/** A gateway of raw bytes in front of a target: for what no server in Node lets a handler see or send. */
import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

import type { Target } from '../../src/index.js';

/** What becomes of the bytes of a request, as latin1: others, or a reply in their place. */
export type Gateway = (bytes: string) => string | { readonly reply: string };

/** The target behind a gateway. */
export function behind(gateway: Gateway, target: Target): Target {
  return {
    ...target,
    start: async (scenario) => {
      const running = await target.start(scenario);
      const { address } = running;
      if (address.protocol !== 'http/1.1') throw new Error('a gateway needs a socket behind it');
      const sockets = new Set<Socket>();
      const watch = (socket: Socket, other: Socket): void => {
        sockets.add(socket);
        socket.on('error', () => other.destroy());
        socket.on('close', () => {
          sockets.delete(socket);
          other.destroy();
        });
      };
      const server = createServer((client) => {
        const upstream = connect(address.port, address.host);
        watch(client, upstream);
        watch(upstream, client);
        client.setNoDelay(true);
        client.on('data', (bytes) => {
          const passed = gateway(bytes.toString('latin1'));
          if (typeof passed === 'string') upstream.write(passed, 'latin1');
          else client.end(passed.reply, 'latin1');
        });
        upstream.on('data', (bytes) => client.write(bytes));
        upstream.on('end', () => client.end());
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return {
        ...running,
        address: { ...address, port: (server.address() as AddressInfo).port },
        close: async () => {
          for (const socket of sockets) socket.destroy();
          await new Promise<void>((resolve) => server.close(() => resolve()));
          await running.close();
        },
      };
    },
  };
}
