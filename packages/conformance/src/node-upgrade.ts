/**
 * The upgrade route of the test application on node. Upgrades do not go through a server's request
 * handler, and so not through its CORS adapter: a 101 carries no CORS fields.
 *
 * https://nodejs.org/api/http.html#event-upgrade_1
 */

/** The request of an upgrade, as a server on node gives it. */
export interface NodeUpgradeRequest {
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** The socket of an upgrade, as a server on node gives it. */
export interface NodeUpgradeSocket {
  on: (event: 'error', listener: () => void) => unknown;
  end: (text: string) => unknown;
}

/** Answers an upgrade: `server.on('upgrade', nodeUpgrade)`. */
export function nodeUpgrade(request: NodeUpgradeRequest, socket: NodeUpgradeSocket): void {
  socket.on('error', () => undefined);
  if (request.url === '/socket' && request.headers['upgrade'] === 'test') {
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n');
  } else {
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  }
}
