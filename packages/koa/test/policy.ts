/** What the tests have in common: a policy, the versions of Koa, and how to look at a reply. */
import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import { createRequire } from 'node:module';
import type { NodeResponse } from '@cors/node';
import Koa from 'koa';
import { lines, type Reply, serve, serveHttp2 } from '../../node/test/server.js';
import { cors } from '../src/index.js';

const require = createRequire(import.meta.url);

export const A = 'https://a.example';
export const EVIL = 'https://evil.example';
export const POLICY = { origin: A, credentials: true, methods: ['PUT'] };
export const asked = { 'access-control-request-method': 'PUT' };

/** Both are used alike, so the types of Koa 3 serve both. */
export type Framework = typeof Koa;

/** The versions of Koa that the package supports. */
export const VERSIONS: readonly { readonly name: string; readonly framework: Framework }[] = [
  { name: 'Koa 2', framework: require('koa2') as Framework },
  { name: 'Koa 3', framework: Koa },
];

export const outcome = (reply: Reply): readonly unknown[] => [
  reply.status,
  lines(reply, 'access-control-allow-origin'),
  lines(reply, 'vary'),
];

/** An application with `cors` in front, whose errors are not printed. */
export function quietApp(framework: Framework, options: Parameters<typeof cors>[0] = POLICY): Koa {
  const app = new framework();
  app.silent = true;
  return app.use(cors(options));
}

/** As `app.listen` and `http2.createServer` take it. */
export function listenerOf(
  app: Pick<Koa, 'callback'>,
): (request: IncomingMessage | Http2ServerRequest, response: NodeResponse) => void {
  const callback = app.callback();
  return (request, response) => void callback(request, response);
}

export const start = (app: Pick<Koa, 'callback'>): ReturnType<typeof serve> =>
  serve(listenerOf(app));

export const startHttp2 = (app: Pick<Koa, 'callback'>): ReturnType<typeof serveHttp2> =>
  serveHttp2(listenerOf(app));
