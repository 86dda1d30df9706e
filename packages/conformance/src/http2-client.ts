/**
 * The way to a target over HTTP/2 with prior knowledge (h2c).
 *
 * https://www.rfc-editor.org/rfc/rfc9113#section-3.3
 */
import type { WireRequest, WireResponse } from './audit.js';
import type { Client, ClientLimits } from './client.js';
import type { SocketAddress, WaitFor } from './http1-connection.js';
import { Http2Session } from './http2-session.js';

/** A client over HTTP/2 sessions. */
export function http2Client(address: SocketAddress, limits: ClientLimits): Client {
  const onSession = async <Result>(
    use: (session: Http2Session) => Promise<Result>,
  ): Promise<Result> => {
    const session = new Http2Session(address, limits);
    try {
      return await use(session);
    } finally {
      session.close();
    }
  };
  const sendOnce = (request: WireRequest, waitFor: WaitFor): Promise<WireResponse> =>
    onSession((session) => session.exchange(request, waitFor));

  return {
    send: (request) => sendOnce(request, 'reply'),
    sendForHead: (request) => sendOnce(request, 'head'),
    onOneConnection: (use) =>
      onSession((session) => use((request) => session.exchange(request, 'reply'))),
    sendAndAbort: (request) => onSession((session) => session.sendOnly(request)),
  };
}
