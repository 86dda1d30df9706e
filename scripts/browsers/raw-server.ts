/**
 * A server on bare sockets: a reply goes out byte for byte as it is given, however malformed. Node's
 * own server joins, refuses and corrects headers, which is just what must not happen here.
 */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type Http1Request, Http1RequestReader } from './http1-request.js';

/** Makes the bytes of a reply, in Latin-1; null ends the connection. */
export type Answer = (request: Http1Request) => string | null | Promise<string | null>;

/** It listens on a local port until it is closed. */
export class RawServer {
  private constructor(
    private readonly server: Server,
    private readonly sockets: ReadonlySet<Socket>,
  ) {}

  static async listen(answer: Answer): Promise<RawServer> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      // A browser may drop a connection at any time.
      socket.on('error', () => socket.destroy());
      socket.setNoDelay(true);
      serve(socket, answer);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return new RawServer(server, sockets);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function serve(socket: Socket, answer: Answer): void {
  const reader = new Http1RequestReader();
  // One reply after another, should requests be pipelined.
  let last = Promise.resolve();
  const reply = async (request: Http1Request): Promise<void> => {
    const bytes = await answer(request);
    if (bytes === null) socket.destroy();
    else if (!socket.destroyed) socket.write(bytes, 'latin1');
  };
  socket.on('data', (chunk) => {
    for (const request of reader.read(chunk)) {
      last = last.then(() => reply(request)).catch(() => void socket.destroy());
    }
  });
}
