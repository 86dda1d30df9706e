/**
 * Passing on: what is for a host with a server of its own goes there, and the reply comes back, byte by
 * byte. So pages talk to a real server under a symbolic host.
 */
import { connect } from 'node:net';
import type { HeaderList } from '@cors/browser';
import { Http1Reply } from '../../packages/conformance/src/http1-reply.js';
import type { Http1Request } from './http1-request.js';

/** The ports of local servers, by the host under which pages know them. */
export type LocalServers = ReadonlyMap<string, number>;

/** A reply as it came. */
interface ForwardedReply {
  /** In Latin-1. */
  readonly bytes: string;
  readonly headers: HeaderList;
}

const LIMITS = { maxHeadBytes: 65_536, maxBodyBytes: 1_048_576 };

/** Sends a request to a local port, and reads the reply to its end. */
export function forward(request: Http1Request, port: number): Promise<ForwardedReply> {
  const reply = new Http1Reply(request.method, LIMITS);
  const received: Buffer[] = [];
  return new Promise<ForwardedReply>((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    socket.on('error', reject);
    socket.on('data', (bytes) => {
      received.push(bytes);
      try {
        reply.push(bytes);
      } catch (error) {
        socket.destroy(error as Error);
      }
      const response = reply.soFar();
      if (response === undefined || !reply.isComplete()) return;
      const { headers } = response;
      resolve({ bytes: Buffer.concat(received).toString('latin1'), headers });
      socket.destroy();
    });
    // A body that ends with the connection would leave the browser waiting on its own.
    socket.on('end', () => reject(new Error('The connection ended before the reply.')));
    socket.write(bytesOf(request), 'latin1');
  });
}

/** As a browser sends it to the server itself: a proxy has another request line, and a header more. */
function bytesOf({ method, target, headers, body }: Http1Request): string {
  const { pathname, search } = new URL(target);
  const lines = headers
    .filter(([name]) => name.toLowerCase() !== 'proxy-connection')
    .map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}
