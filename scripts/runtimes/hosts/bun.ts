/** Programs of Bun: handlers of `Request` and `Response`, served as its manual says. */
import type { Target } from '@cors/conformance';
import { serve as serveListening } from './listening.js';
import { onSockets } from './on-sockets.js';

/** What is used of https://bun.com/docs/runtime/http/server */
declare const Bun: {
  readonly serve: (options: {
    readonly hostname: string;
    readonly port: number;
    readonly fetch: (request: Request) => Promise<Response>;
  }) => { readonly port: number; readonly stop: (closeActive: boolean) => Promise<void> };
};

/** Serves a target that is in memory. */
export function serve(target: Target): void {
  serveListening(
    onSockets(target, (handler) => {
      const server = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: handler });
      return Promise.resolve({ port: server.port, close: () => server.stop(true) });
    }),
  );
}
