/**
 * The raw way to a target over HTTP/1.1: requests leave byte by byte as an audit has them, and
 * replies are read with order, case and repeats kept. `node:http` would refuse, fold or join much of
 * what CORS implementations have stumbled over.
 *
 * https://www.rfc-editor.org/rfc/rfc9112
 */
import type { WireRequest, WireResponse } from './audit.js';
import type { Client, ClientLimits } from './client.js';
import { Http1Connection, type SocketAddress, type WaitFor } from './http1-connection.js';

/** A client over sockets. */
export function rawHttp1Client(address: SocketAddress, limits: ClientLimits): Client {
  const onConnection = async <Result>(
    use: (connection: Http1Connection) => Promise<Result>,
  ): Promise<Result> => {
    const connection = new Http1Connection(address, limits);
    try {
      return await use(connection);
    } finally {
      connection.close();
    }
  };
  const sendOnce = (request: WireRequest, waitFor: WaitFor): Promise<WireResponse> =>
    onConnection((connection) => connection.exchange(request, waitFor));

  return {
    send: (request) => sendOnce(request, 'reply'),
    sendForHead: (request) => sendOnce(request, 'head'),
    onOneConnection: (use) =>
      onConnection((connection) => use((request) => connection.exchange(request, 'reply'))),
    sendAndAbort: (request) => onConnection((connection) => connection.sendOnly(request)),
  };
}
