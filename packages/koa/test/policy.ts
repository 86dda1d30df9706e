/** What the tests have in common: a policy, an application, and how to look at a reply. */
import type Koa from 'koa';
import { lines, type Reply, serve, serveHttp2 } from '../../node/test/server.js';
import { cors } from '../src/index.js';
import { type Framework, listenerOf } from './versions.js';

export { listenerOf, VERSIONS } from './versions.js';

export const A = 'https://a.example';
export const EVIL = 'https://evil.example';
export const POLICY = { origin: A, credentials: true, methods: ['PUT'] };
export const asked = { 'access-control-request-method': 'PUT' };

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

export const start = (app: Pick<Koa, 'callback'>): ReturnType<typeof serve> =>
  serve(listenerOf(app));

export const startHttp2 = (app: Pick<Koa, 'callback'>): ReturnType<typeof serveHttp2> =>
  serveHttp2(listenerOf(app));
