/** Hono, behind its own `hono/cors` or ours. */
import { cors } from '@cors/hono';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { cors as peer } from 'hono/cors';
import { HELLO, type Kind, type MakeApplication } from './application.js';
import type { FloorReply, PeerOptions, Scenario } from './scenario.js';

export const application: MakeApplication = (kind, scenario, reply) => {
  const app = new Hono();
  const middleware = middlewareOf(kind, scenario, reply);
  if (middleware !== null) app.use('*', middleware);
  app.all('/', (context: Context) => context.text(HELLO));
  return { platform: 'web', serve: (request, bindings) => app.fetch(request, bindings) };
};

function middlewareOf(kind: Kind, scenario: Scenario, reply: FloorReply): MiddlewareHandler | null {
  if (kind === 'bare') return null;
  if (kind === 'peer') return peer(renamed(scenario.peer));
  return kind === 'ours' ? cors(scenario.ours as { origin: '*' }) : floor(reply);
}

function renamed({ origin, methods, allowedHeaders, exposedHeaders, ...rest }: PeerOptions) {
  return {
    ...rest,
    ...(methods !== undefined && { allowMethods: methods }),
    ...(allowedHeaders !== undefined && { allowHeaders: allowedHeaders }),
    ...(exposedHeaders !== undefined && { exposeHeaders: exposedHeaders }),
    origin: isExact(origin)
      ? origin
      : (asked: string): string | null => (origin.some((each) => each.test(asked)) ? asked : null),
  };
}

function isExact(origin: PeerOptions['origin']): origin is string | string[] {
  return typeof origin === 'string' || typeof origin[0] === 'string';
}

function floor({ headers, status }: FloorReply): MiddlewareHandler {
  return (context, next) => {
    for (const [name, value] of headers) context.header(name, value);
    return status === null ? next() : Promise.resolve(context.body(null, status as 204));
  };
}
