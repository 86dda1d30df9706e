import { type AddressInfo, connect } from 'node:net';
import { createServer, type RequestListener } from 'node:http';
import {
  connect as connectHttp2,
  createServer as createHttp2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import { afterEach } from 'vitest';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

export interface Reply {
  readonly status: number;
  /** Lines in order, names lower-case. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** The values of a field, a line each. */
export const lines = (reply: Reply, name: string): string[] =>
  reply.headers.filter(([each]) => each === name).map(([, value]) => value);

type Send = (method: string, path: string, headers?: Record<string, string>) => Promise<Reply>;

/** Starts a real server on a free local port; it is closed after the test. */
export async function serve(listener: RequestListener): Promise<Send & { readonly port: number }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(
    () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  );
  const { port } = server.address() as AddressInfo;
  const send: Send = (method, path, headers = {}) => sendRaw(port, method, path, headers);
  return Object.assign(send, { port });
}

function sendRaw(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string>,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', ...body] = text.split('\r\n\r\n');
      const [status = '', ...fields] = head.split('\r\n');
      if (!status.startsWith('HTTP/1.1 ')) {
        reject(new Error(`No reply: ${text}`));
        return;
      }
      resolve({
        status: Number(status.split(' ')[1]),
        headers: fields.map((line) => {
          const colon = line.indexOf(':');
          return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
        }),
        body: body.join('\r\n\r\n'),
      });
    });
    const given = Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
    socket.write(
      `${method} ${path} HTTP/1.1\r\nHost: api.example\r\nConnection: close\r\n${given}\r\n`,
    );
  });
}

/** The same over HTTP/2, in clear text. */
export async function serveHttp2(
  listener: (request: Http2ServerRequest, response: Http2ServerResponse) => void,
): Promise<Send> {
  const server = createHttp2Server(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = connectHttp2(`http://127.0.0.1:${String(port)}`);
  open.push(async () => {
    client.destroy();
    await new Promise<void>((resolve) =>
      server.close(() => {
        resolve();
      }),
    );
  });
  return (method, path, headers = {}) =>
    new Promise((resolve, reject) => {
      const stream = client.request({ ':method': method, ':path': path, ...headers });
      const fields: [string, string][] = [];
      let status = 0;
      let body = '';
      stream.setEncoding('utf8');
      stream.on('response', (head) => {
        status = Number(head[':status']);
        for (const [name, value] of Object.entries(head)) {
          if (name.startsWith(':')) continue;
          for (const line of Array.isArray(value) ? value : [value])
            fields.push([name, String(line)]);
        }
      });
      stream.on('data', (chunk: string) => {
        body += chunk;
      });
      stream.on('error', reject);
      stream.on('end', () => {
        resolve({ status, headers: fields, body });
      });
      stream.end();
    });
}
