import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';

import type { Audit } from '../../src/audit.js';
import type { Scenario } from '../../src/scenario.js';
import type { Capability, RunningTarget, Target } from '../../src/target.js';

/** What happened to a target's servers. */
export interface Watched {
  readonly target: Target;
  /** The scenarios that it was started for, in order. */
  readonly started: string[];
  /** How many servers are open now, and how many were at most. */
  open: number;
  mostOpen: number;
  closed: number;
}

type Start = (scenario: Scenario) => Promise<RunningTarget>;

/** A target whose starts and closes are counted. */
export function watched(start: Start, capabilities: readonly Capability[] = []): Watched {
  const watch: Watched = {
    started: [],
    open: 0,
    mostOpen: 0,
    closed: 0,
    target: {
      name: 'a target',
      capabilities,
      start: async (scenario) => {
        watch.started.push(scenario.id);
        const running = await start(scenario);
        watch.open += 1;
        watch.mostOpen = Math.max(watch.mostOpen, watch.open);
        return {
          ...running,
          close: async () => {
            watch.open -= 1;
            watch.closed += 1;
            await running.close();
          },
        };
      },
    },
  };
  return watch;
}

/** Starts a server of `node:http`. */
export function httpStart(listener: RequestListener): Start {
  return async () => {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      address: address(server.address() as AddressInfo),
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
  };
}

/** Starts a server of bare bytes. */
export function bytesStart(onConnection: (socket: Socket) => void): Start {
  return async () => {
    const sockets = new Set<Socket>();
    const server = createTcpServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
      onConnection(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      address: address(server.address() as AddressInfo),
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          for (const socket of sockets) socket.destroy();
        }),
    };
  };
}

function address({ port }: AddressInfo): RunningTarget['address'] {
  return { protocol: 'http/1.1', host: '127.0.0.1', port };
}

/** Answers 200 and `ok`, with the request's path in `X-Path`. */
export const okListener: RequestListener = (request, response) => {
  response.writeHead(200, { 'X-Path': request.url ?? '' }).end('ok');
};

/** An audit that one GET is answered 200; with what a test is about in place of that. */
export function audit(id: string, own: Partial<Audit> = {}): Audit {
  const asks = own.check !== undefined || own.steps !== undefined;
  return {
    id,
    title: `The title of ${id}`,
    level: 'must',
    basis: 'fetch',
    clause: 'https://fetch.spec.whatwg.org/#http-cors-protocol',
    why: 'Because.',
    scenario: 'one',
    requires: [],
    ...(!asks && {
      steps: [{ request: { method: 'GET', path: `/${id}`, headers: [] }, expect: { status: 200 } }],
    }),
    ...own,
  };
}

/** A scenario of one policy. */
export function scenario(id: string, own: Partial<Scenario> = {}): Scenario {
  return {
    id,
    description: `The scenario ${id}.`,
    setup: { kind: 'policy', policy: { origin: '*' } },
    ...own,
  };
}

/** A scenario of refused options. */
export const refused: Scenario = scenario('refused', {
  setup: { kind: 'refused', options: { origin: [] } },
});

export const scenarios: readonly Scenario[] = [
  ...['one', 'two', 'three', 'four', 'five'].map((id) => scenario(id)),
  refused,
];
