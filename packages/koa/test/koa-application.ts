import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  applicationHeader,
  type ApplicationOptions,
  handlerOrigin,
  matchRoute,
  nodeApplication,
  ownCorsFields,
  runNodeHandler,
  splitPolicyName,
  statusFields,
  unknownRoute,
} from '@cors/conformance';
import type { Context, Middleware } from 'koa';

type Route = (context: Context, parameter: string) => void | Promise<void>;

/**
 * The test application as a Koa developer writes it. Routes that go past Koa (raw heads, early hints,
 * a break after the head) are those of `node:http`, with `ctx.respond = false`.
 *
 * @param takesResponses - Whether a body may be a `Response`: since Koa 3.
 */
export function koaApplication(options: ApplicationOptions, takesResponses: boolean): Middleware {
  const raw = nodeApplication(options);
  const routes = new Map([...koaRoutes, ...(takesResponses ? responseRoutes() : [])]);
  return (context): void | Promise<void> => {
    const { path } = splitPolicyName(context.url, options.policyNames ?? []);
    const match = matchRoute(path);
    if (match === undefined) {
      unknown(context);
      return;
    }
    const { route, parameter = '' } = match;
    if (route === '/log') {
      context.body = options.log.read();
      return;
    }
    const handler = routes.get(route);
    if (handler !== undefined) {
      if (!route.startsWith('/immutable')) context.set(applicationHeader, route);
      return handler(context, parameter);
    }
    if (/^\/(?:immutable|shared-)/.test(route)) {
      unknown(context);
      return;
    }
    context.respond = false;
    // Koa's own default is 404, and the application of `node:http` takes 200 for granted.
    context.res.statusCode = 200;
    runNodeHandler(raw, context.req, context.res);
  };
}

function unknown(context: Context): void {
  context.set(applicationHeader, unknownRoute);
  context.throw(404, 'unknown path', { headers: { [applicationHeader]: unknownRoute } });
}

const ok = (context: Context): void => {
  context.type = 'text/plain';
  context.body = 'ok';
};

const okWith =
  (fields: Record<string, string | string[]>): Route =>
  (context) => {
    ok(context);
    // After the body, which sets a type.
    context.set(fields);
  };

function withStatus(context: Context, status: number): void {
  context.status = status;
  context.set(Object.fromEntries(statusFields[status] ?? []));
  if ([204, 205, 304].includes(status)) context.body = null;
  else context.body = `status ${status}`;
}

async function* pieces(texts: readonly string[]): AsyncGenerator<string> {
  for (const text of texts) {
    yield text;
    await sleep(10);
  }
}

const koaRoutes: readonly (readonly [string, Route])[] = [
  ['/ok', ok],
  ['/status/:code', (context, code) => withStatus(context, Number(code))],
  [
    '/guarded',
    (context) => {
      if (context.get('authorization') !== '') {
        ok(context);
        return;
      }
      const headers = {
        ...Object.fromEntries(statusFields[401] ?? []),
        [applicationHeader]: '/guarded',
      };
      context.throw(401, 'unauthorized', { headers });
    },
  ],
  [
    '/get-only',
    (context) => {
      if (['GET', 'HEAD'].includes(context.method)) {
        ok(context);
        return;
      }
      const headers = { Allow: 'GET, HEAD', [applicationHeader]: '/get-only' };
      context.throw(405, 'method not allowed', { headers });
    },
  ],
  [
    '/throw',
    () => {
      throw new Error('the handler throws');
    },
  ],
  ['/reject', () => sleep(1).then(() => Promise.reject(new Error('the handler rejects')))],
  [
    '/own-cors/throw',
    (context) => {
      context.set(Object.fromEntries(ownCorsFields));
      throw new Error('the handler throws');
    },
  ],
  [
    '/malformed/%zz',
    (context) => {
      context.throw(400, 'malformed path');
    },
  ],
  ['/vary/set', okWith({ Vary: 'Accept' })],
  ['/vary/array', okWith({ Vary: ['Accept', 'Accept-Language'] })],
  ['/vary/lower', okWith({ vary: 'accept, ORIGIN' })],
  ['/vary/star', okWith({ Vary: '*' })],
  [
    '/vary/append',
    (context) => {
      context.vary('Accept');
      ok(context);
    },
  ],
  [
    '/vary/remove',
    (context) => {
      context.remove('Vary');
      ok(context);
    },
  ],
  ['/own-cors', okWith(Object.fromEntries(ownCorsFields))],
  ['/own-cors/lower', okWith({ 'access-control-allow-origin': handlerOrigin })],
  [
    '/own-cors/twice',
    okWith({ 'Access-Control-Allow-Origin': [handlerOrigin, 'https://a.example'] }),
  ],
  [
    '/own-cors/expose',
    okWith({ 'Access-Control-Expose-Headers': 'X-Handler, not a token, x-handler' }),
  ],
  [
    '/fields',
    okWith({
      'X-Own': '1',
      'Cache-Control': 'private, max-age=60',
      'Content-Type': 'application/x-own',
      'Set-Cookie': ['a=1', 'b=2'],
      'Cross-Origin-Resource-Policy': 'same-site',
      'Timing-Allow-Origin': handlerOrigin,
    }),
  ],
  [
    '/stream',
    (context) => {
      context.type = 'text/plain';
      context.body = Readable.from(pieces(['one ', 'two ', 'three']));
    },
  ],
  [
    '/events',
    (context) => {
      context.type = 'text/event-stream';
      context.body = Readable.from(pieces([1, 2, 3].map((count) => `data: ${count}\n\n`)));
    },
  ],
  [
    '/flush',
    async (context) => {
      context.status = 200;
      context.type = 'text/plain';
      context.flushHeaders();
      await sleep(10);
      context.body = 'ok';
    },
  ],
  ['/slow', (context) => sleep(100).then(() => ok(context))],
  [
    '/large',
    (context) => {
      context.body = 'x'.repeat(262_144);
    },
  ],
  ['/redirect', (context) => context.redirect('/ok')],
  [
    '/socket',
    (context) => {
      context.status = 426;
      context.set('Upgrade', 'test');
      context.body = 'upgrade required';
    },
  ],
];

function responseRoutes(): readonly (readonly [string, Route])[] {
  const shared = new Response(null);
  const sharedHeaders = new Headers({ [applicationHeader]: '/shared-headers' });
  return [
    [
      '/immutable',
      (context) => {
        context.body = Response.redirect('http://localhost/ok', 302);
      },
    ],
    [
      '/immutable/fetched',
      async (context) => {
        context.body = await fetch('data:text/plain,ok');
      },
    ],
    [
      '/shared-response',
      (context) => {
        context.body = shared;
      },
    ],
    [
      '/shared-headers',
      (context) => {
        context.body = new Response('ok', { headers: sharedHeaders });
      },
    ],
  ];
}
