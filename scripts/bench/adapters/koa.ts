/** Koa, behind `@koa/cors` or ours. */
import { cors } from '@cors/koa';
import peer from '@koa/cors';
import Koa, { type Middleware } from 'koa';
import { HELLO, type Kind, type MakeApplication } from './application.js';
import type { FloorReply, PeerOptions, Scenario } from './scenario.js';

export const application: MakeApplication = (kind, scenario, reply) => {
  const app = new Koa();
  const middleware = middlewareOf(kind, scenario, reply);
  if (middleware !== null) app.use(middleware);
  app.use((context) => {
    context.body = HELLO;
  });
  return { platform: 'node', serve: app.callback() };
};

function middlewareOf(kind: Kind, scenario: Scenario, reply: FloorReply): Middleware | null {
  if (kind === 'bare') return null;
  if (kind === 'peer') return peer(renamed(scenario.peer));
  return kind === 'ours' ? cors(scenario.ours as { origin: '*' }) : floor(reply);
}

/** `@koa/cors` has no lists: these functions are what its users write. */
function renamed({ origin, methods, allowedHeaders, exposedHeaders, ...rest }: PeerOptions) {
  return {
    ...rest,
    ...(methods !== undefined && { allowMethods: methods }),
    ...(allowedHeaders !== undefined && { allowHeaders: allowedHeaders }),
    ...(exposedHeaders !== undefined && { exposeHeaders: exposedHeaders }),
    origin:
      typeof origin === 'string'
        ? origin
        : (context: Koa.Context): string => {
            const asked = context.get('Origin');
            const isListed = origin.some((each) =>
              typeof each === 'string' ? each === asked : each.test(asked),
            );
            return isListed ? asked : '';
          },
  };
}

function floor({ headers, status }: FloorReply): Middleware {
  return (context, next) => {
    for (const [name, value] of headers) context.set(name, value);
    if (status === null) return next();
    context.status = status;
    return undefined;
  };
}
