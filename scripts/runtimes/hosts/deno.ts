/** Programs of Deno: handlers of `Request` and `Response`, served as its manual says. */
import type { Target } from '@cors/conformance';
import { serve as serveListening } from './listening.js';
import { onSockets } from './on-sockets.js';

/** What is used of https://docs.deno.com/api/deno/~/Deno.serve */
declare const Deno: {
  readonly serve: (
    options: {
      readonly hostname: string;
      readonly port: number;
      readonly onListen: () => void;
    },
    handler: (request: Request) => Promise<Response>,
  ) => { readonly addr: { readonly port: number }; readonly shutdown: () => Promise<void> };
};

/** Serves a target that is in memory. */
export function serve(target: Target): void {
  serveListening(
    onSockets(target, (handler) => {
      const options = { hostname: '127.0.0.1', port: 0, onListen: () => undefined };
      const server = Deno.serve(options, handler);
      return Promise.resolve({
        port: server.addr.port,
        // It waits for connections that are kept open: the suite's own are closed by now or later.
        close: () => {
          void server.shutdown();
          return Promise.resolve();
        },
      });
    }),
  );
}
