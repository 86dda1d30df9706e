import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { NodeResponse } from '@cors/node';
import type Koa from 'koa';

/** As `app.listen` and `http2.createServer` take it. */
export function listenerOf(
  app: Pick<Koa, 'callback'>,
): (request: IncomingMessage | Http2ServerRequest, response: NodeResponse) => void {
  const callback = app.callback();
  return (request, response) => void callback(request, response);
}
