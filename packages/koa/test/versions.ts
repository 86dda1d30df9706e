/** The versions of Koa, and how they are served; without a test framework, for programs that have none. */
import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import { createRequire } from 'node:module';
import type { NodeResponse } from '@cors/node';
import Koa from 'koa';

const require = createRequire(import.meta.url);

/** Both are used alike, so the types of Koa 3 serve both. */
export type Framework = typeof Koa;

/** The versions of Koa that the package supports. */
export const VERSIONS: readonly { readonly name: string; readonly framework: Framework }[] = [
  { name: 'Koa 2', framework: require('koa2') as Framework },
  { name: 'Koa 3', framework: Koa },
];

/** As `app.listen` and `http2.createServer` take it. */
export function listenerOf(
  app: Pick<Koa, 'callback'>,
): (request: IncomingMessage | Http2ServerRequest, response: NodeResponse) => void {
  const callback = app.callback();
  return (request, response) => void callback(request, response);
}
