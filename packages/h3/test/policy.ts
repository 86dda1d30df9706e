/** What the tests have in common: a policy, the versions of h3, and how to look at a reply. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as h3 from 'h3';
import * as oldest from 'h3-oldest';
import { afterEach } from 'vitest';
import { cors } from '../src/index.js';

export const A = 'https://a.example';
export const EVIL = 'https://evil.example';
export const POLICY = { origin: A, credentials: true, methods: ['PUT'] };
export const asked = { 'access-control-request-method': 'PUT' };

/** Both are used alike, so the types of the newest serve both. */
export type Framework = typeof h3;

/** The newest version of h3, and the oldest that the package supports. */
export const VERSIONS: readonly { readonly name: string; readonly framework: Framework }[] = [
  { name: 'h3', framework: h3 },
  { name: 'h3 2.0.1', framework: oldest as never },
];

export const outcome = ({ status, headers }: Response): readonly unknown[] => [
  status,
  headers.get('access-control-allow-origin'),
  headers.get('vary'),
];

/** An application with `cors` in front. */
export function corsApp(
  { H3 }: Framework,
  options: Parameters<typeof cors>[0] = POLICY,
  config: h3.H3Config = {},
): h3.H3 {
  return new H3({ silent: true, ...config }).use(cors(options));
}

type Send = (
  method: string,
  path: string,
  headers?: Record<string, string>,
  body?: string,
) => Promise<Response>;

/** Asks in memory. */
export const inMemory =
  (app: Pick<h3.H3, 'fetch'>): Send =>
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

/** Serves on a socket by what h3 makes of an application for Node, and asks there. */
export async function overSocket(
  app: h3.H3,
  { toNodeHandler }: Framework = h3,
): Promise<Send & { readonly port: number }> {
  const listener = toNodeHandler(app);
  return servedBy((request, response) => void listener(request, response));
}

/** Serves on a socket, and asks there. */
export async function servedBy(
  listener: RequestListener,
): Promise<Send & { readonly port: number }> {
  const server = createServer(listener);
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
