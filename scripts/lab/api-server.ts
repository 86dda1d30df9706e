/**
 * A server of the lab, on a port of its own: `node:http` with a handler as people write it.
 */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';

import { certificate } from './certificate.js';
import type { LabServers } from './failure.js';

/** A server that listens. */
export interface ApiServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Starts a server at http. */
export function listen(listener: RequestListener): Promise<ApiServer> {
  return started(createServer(listener));
}

/** Starts a server at https, with a certificate that nobody vouches for. */
export async function listenSecurely(listener: RequestListener): Promise<ApiServer> {
  return started(createSecureServer(await certificate(), listener));
}

async function started(server: Server & { closeAllConnections(): void }): Promise<ApiServer> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The URL of a path on a server. Its host has a name: Firefox remembers no preflights for addresses. */
export function urlOf({ port }: { readonly port: number }, path = '/notes'): string {
  return `http://localhost:${port}${path}`;
}

/** One server, and what the page asks it for. */
export async function oneServer(listener: RequestListener, path?: string): Promise<LabServers> {
  const server = await listen(listener);
  return { url: urlOf(server, path), close: server.close };
}

/** Ends a reply with a status and fields, and JSON where a body may be. */
export function reply(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string | string[]>> = {},
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = status;
  if (status === 204 || status === 304) response.end();
  else {
    response.setHeader('Content-Type', 'application/json');
    response.end(status < 400 ? '["milk"]' : '{"error":true}');
  }
}

/** What a preflight is answered where everything is right. */
export function preflightFields(origin: string): Readonly<Record<string, string>> {
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': 'PUT, PATCH, DELETE',
    'Access-Control-Allow-Headers': 'Content-Type, X-Request-Id, Authorization',
    Vary: 'Origin',
  };
}

/** Whether a request is a preflight. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}
