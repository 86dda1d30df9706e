import { Agent, request as requestHttp1 } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach } from 'vitest';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

export const A = 'https://a.example';
export const B = 'https://b.example';
export const X = 'https://x.example';

export interface Reply {
  readonly status: number;
  /** Names lower-case; several lines are joined, but for `Set-Cookie`. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Running {
  readonly port: number;
  readonly send: (
    method: string,
    path: string,
    headers?: Record<string, string>,
    body?: string,
  ) => Promise<Reply>;
  /** A preflight; the status and the origin that it admits. */
  readonly preflight: (
    path: string,
    origin: string,
    method?: string,
    headers?: Record<string, string>,
  ) => Promise<readonly [number, string | undefined]>;
  /** A GET (or another method) with an origin; the status and the origin that may read it. */
  readonly ask: (
    path: string,
    origin: string,
    method?: string,
    headers?: Record<string, string>,
  ) => Promise<readonly [number, string | undefined]>;
}

/** Starts an application on a free local port; it is closed after the test. */
export async function start(
  app: unknown,
  protocol: 'HTTP/1.1' | 'HTTP/2' = 'HTTP/1.1',
): Promise<Running> {
  const instance = app as FastifyInstance;
  // At once: what fails to start must be closed too.
  open.push(() => instance.close());
  await instance.listen({ port: 0, host: '127.0.0.1' });
  const { port } = instance.server.address() as AddressInfo;
  const send = protocol === 'HTTP/1.1' ? senderHttp1(port) : senderHttp2(port);
  const granted = async (...request: Parameters<Running['send']>) => {
    const { status, headers } = await send(...request);
    return [status, headers['access-control-allow-origin'] as string | undefined] as const;
  };
  return {
    port,
    send,
    ask: (path, origin, method = 'GET', headers = {}) =>
      granted(method, path, { origin, ...headers }),
    preflight: (path, origin, method = 'PUT', headers = {}) =>
      granted('OPTIONS', path, { origin, 'access-control-request-method': method, ...headers }),
  };
}

function senderHttp1(port: number): Running['send'] {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  open.push(() => agent.destroy());
  return (method, path, headers = {}, body = '') =>
    new Promise((resolve, reject) => {
      const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const request = requestHttp1(
        { agent, port, host: '127.0.0.1', method, path, headers: { ...length, ...headers } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks).toString(),
            }),
          );
        },
      );
      request.on('error', reject);
      request.end(body);
    });
}

function senderHttp2(port: number): Running['send'] {
  const client = connectHttp2(`http://127.0.0.1:${port}`);
  open.push(() => client.destroy());
  return (method, path, headers = {}, body = '') =>
    new Promise((resolve, reject) => {
      const stream = client.request({ ':method': method, ':path': path, ...headers });
      const chunks: Buffer[] = [];
      let head: Record<string, unknown> = {};
      stream.on('response', (fields) => {
        head = fields;
      });
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', reject);
      stream.on('end', () =>
        resolve({
          status: Number(head[':status']),
          headers: head as Reply['headers'],
          body: Buffer.concat(chunks).toString(),
        }),
      );
      if (body === '') stream.end();
      else stream.end(body);
    });
}
