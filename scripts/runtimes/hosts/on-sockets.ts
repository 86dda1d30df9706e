/** A target in memory, as it is on sockets that a runtime serves `Request` and `Response` on. */
import type { Capability, Target } from '@cors/conformance';

type Handler = (request: Request) => Promise<Response>;

/** A runtime's server, on a free port of 127.0.0.1. */
export type ServeHandler = (
  handler: Handler,
) => Promise<{ readonly port: number; readonly close: () => Promise<void> }>;

/** What a socket adds to what a handler can. */
export const socketCapabilities: readonly Capability[] = ['raw-bytes', 'http1', 'flush-headers'];

/** Serves what the target has in memory. */
export function onSockets(inMemory: Target, serve: ServeHandler): Target {
  return {
    name: inMemory.name,
    capabilities: [...inMemory.capabilities, ...socketCapabilities],
    start: async (scenario) => {
      const { address, reconfigure, close } = await inMemory.start(scenario);
      if (address.protocol !== 'memory') throw new Error(`${inMemory.name} is not in memory`);
      const server = await serve(address.fetch);
      return {
        address: { protocol: 'http/1.1', host: '127.0.0.1', port: server.port },
        ...(reconfigure !== undefined && { reconfigure }),
        close: () => server.close().finally(close),
      };
    },
  };
}
