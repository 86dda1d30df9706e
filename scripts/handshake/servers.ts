/**
 * The servers that pages call in docs/handshake.md: one small application behind different policies.
 */
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cors } from '@cors/node';

/** A server's name, and what it does about CORS. */
export type ServerName = 'listed' | 'without-content-type' | 'public' | 'by-hand';

const APP = 'https://app.example.com';

const listed = cors({
  origin: APP,
  credentials: true,
  methods: ['PUT'],
  allowedHeaders: ['Content-Type'],
  exposedHeaders: ['ETag'],
  maxAge: 600,
});
const withoutContentType = cors({ origin: APP });
const everyone = cors({ origin: '*' });

const listeners: Readonly<Record<ServerName, RequestListener>> = {
  listed: (request, response) => {
    if (!listed(request, response)) reply(response);
  },
  'without-content-type': (request, response) => {
    if (!withoutContentType(request, response)) reply(response);
  },
  public: (request, response) => {
    if (!everyone(request, response)) reply(response);
  },
  // What people write who have read about two of the headers, and not that they exclude each other.
  'by-hand': (_, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Credentials', 'true');
    reply(response);
  },
};

function reply(response: ServerResponse): void {
  response.setHeader('Content-Type', 'application/json');
  response.setHeader('ETag', '"2"');
  response.end('["milk"]');
}

/** The servers, each on a free local port. */
export interface HandshakeServers {
  readonly ports: Readonly<Record<ServerName, number>>;
  readonly close: () => Promise<void>;
}

/** Starts them all. */
export async function startServers(): Promise<HandshakeServers> {
  const servers = new Map<string, Server>();
  for (const [name, listener] of Object.entries(listeners)) {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.set(name, server);
  }
  const ports = Object.fromEntries(
    Array.from(servers, ([name, server]) => [name, (server.address() as AddressInfo).port]),
  );
  return {
    ports: ports as Record<ServerName, number>,
    close: async () => {
      for (const server of servers.values()) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}
