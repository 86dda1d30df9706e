/** What the tests have in common: a policy, the versions of Hono, and how to look at a reply. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { Hono as OldestHono } from 'hono-oldest';
import { afterEach } from 'vitest';
import { cors } from '../src/index.js';

export const A = 'https://a.example';
export const EVIL = 'https://evil.example';
export const POLICY = { origin: A, credentials: true, methods: ['PUT'] };
export const asked = { 'access-control-request-method': 'PUT' };

export type App = Hono<{ Bindings: Partial<HttpBindings> }>;
/** Both are used alike, so the types of the newest serve both. */
export type Framework = typeof Hono;

/** The newest version of Hono, and the oldest that the package supports. */
export const VERSIONS: readonly { readonly name: string; readonly framework: Framework }[] = [
  { name: 'Hono', framework: Hono },
  { name: 'Hono 4.0.3', framework: OldestHono as never },
];

export const outcome = ({ status, headers }: Response): readonly unknown[] => [
  status,
  headers.get('access-control-allow-origin'),
  headers.get('vary'),
];

/** An application with `cors` in front. */
export function corsApp(framework: Framework, options: Parameters<typeof cors>[0] = POLICY): App {
  const app: App = new framework();
  app.use('*', cors(options));
  return app;
}

/** An application, as far as it is asked. */
export interface Served {
  readonly fetch: (request: Request) => Response | Promise<Response>;
}

type Send = (
  method: string,
  path: string,
  headers?: Record<string, string>,
  body?: string,
) => Promise<Response>;

/** Asks in memory. */
export const inMemory =
  (app: Served): Send =>
  async (method, path, headers = {}, body) =>
    app.fetch(
      new Request(`http://localhost${path}`, {
        method,
        headers,
        ...(body !== undefined && { body }),
      }),
    );

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

/** Serves on `@hono/node-server`, and asks over a socket. */
export async function overSocket(app: Served): Promise<Send & { readonly port: number }> {
  const listener = getRequestListener(app.fetch);
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;
  const send: Send = (method, path, headers = {}, body) =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers,
      redirect: 'manual',
      ...(body !== undefined && { body }),
    });
  return Object.assign(send, { port });
}
