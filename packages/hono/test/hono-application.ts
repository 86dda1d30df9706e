import { setTimeout as sleep } from 'node:timers/promises';
import {
  applicationHeader,
  applicationRoutes,
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
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { type SSEStreamingApi, stream, streamSSE } from 'hono/streaming';
import { HTTPException } from 'hono/http-exception';
import type { App } from './policy.js';

type Env = { Bindings: Partial<HttpBindings> };
type Handler = (context: Context<Env>) => Response | Promise<Response>;

/** What the application leaves out: routes of capabilities that its target has not. */
export interface HonoApplicationOptions extends ApplicationOptions {
  readonly isOnNode: boolean;
}

/** The test application as a Hono developer writes it, mounted into `app`. */
export function addApplication(app: App, options: HonoApplicationOptions): void {
  const { policyNames = [] } = options;
  addRoutes(app, options);
  app.notFound((context) => {
    const { pathname } = new URL(context.req.url);
    if (matchRoute(splitPolicyName(pathname, policyNames).path)?.route === '/malformed/%zz') {
      return context.text('malformed path', 400);
    }
    context.header(applicationHeader, unknownRoute);
    return context.text('unknown path', 404);
  });
  app.onError((error, context) =>
    error instanceof HTTPException ? error.getResponse() : context.text('internal error', 500),
  );
}

/** Its routes alone: what they do not answer, and their errors, are left to `app`. */
export function addRoutes(
  app: App,
  { log, policyNames = [], isOnNode }: HonoApplicationOptions,
): void {
  const shared = new Response(null, { headers: { [applicationHeader]: '/shared-response' } });
  const sharedHeaders = new Headers({ [applicationHeader]: '/shared-headers' });
  const routes = new Map<string, Handler>([
    ...handlers,
    ['/shared-response', () => shared],
    ['/shared-headers', () => new Response('ok', { headers: sharedHeaders })],
    ['/log', (context) => context.json(log.read())],
  ]);
  if (!isOnNode) routes.delete('/early-hints');
  const raw = rawHandler(nodeApplication({ log, policyNames }));
  const api: App = new Hono();
  for (const { path } of applicationRoutes) {
    const isRaw = isOnNode && path.startsWith('/write-head/');
    const handler = isRaw ? raw : routes.get(path);
    if (handler === undefined) continue;
    const isMarked = !/^\/(?:immutable|shared-)/.test(path);
    api.all(path, (context) => {
      if (isMarked) context.header(applicationHeader, path);
      return handler(context);
    });
  }
  for (const name of policyNames) app.route(`/${name}`, api);
  app.route('/', api);
}

/** What is written to Node's own response, past Hono. */
function rawHandler(application: ReturnType<typeof nodeApplication>): Handler {
  return (context) => {
    const { incoming, outgoing } = context.env;
    runNodeHandler(application, incoming!, outgoing!);
    return RESPONSE_ALREADY_SENT;
  };
}

const ok: Handler = (context) => context.text('ok');

const okWith =
  (fields: readonly (readonly [string, string])[]): Handler =>
  (context) => {
    setFields(context, fields);
    return ok(context);
  };

/** Replaces what stood there; a name that comes again is another line. */
function setFields(
  context: Context<Env>,
  fields: readonly (readonly [name: string, value: string])[],
): void {
  const names = new Set<string>();
  for (const [name, value] of fields) {
    context.header(name, value, { append: names.has(name) });
    names.add(name);
  }
}

function withStatus(context: Context<Env>, status: number): Response {
  for (const [name, value] of statusFields[status] ?? []) context.header(name, value);
  const isEmpty = [204, 205, 304].includes(status);
  return isEmpty
    ? context.body(null, status as 204)
    : context.text(`status ${status}`, status as 200);
}

/** An error that brings its own `Response` along. */
function refused(status: 401 | 405, headers: Record<string, string>): never {
  throw new HTTPException(status, { res: new Response('refused', { status, headers }) });
}

const later = async (write: (text: string) => Promise<unknown>, texts: readonly string[]) => {
  for (const text of texts) {
    await write(text);
    await sleep(10);
  }
};

const handlers: readonly (readonly [string, Handler])[] = [
  ['/ok', ok],
  [
    '/status/:code',
    (context) => {
      const match = matchRoute(`/status/${context.req.param('code') ?? ''}`);
      return match === undefined
        ? context.notFound()
        : withStatus(context, Number(match.parameter ?? 404));
    },
  ],
  [
    '/guarded',
    (context) => {
      if (context.req.header('authorization') !== undefined) return ok(context);
      return refused(401, {
        [applicationHeader]: '/guarded',
        ...Object.fromEntries(statusFields[401] ?? []),
      });
    },
  ],
  [
    '/get-only',
    (context) => {
      if (['GET', 'HEAD'].includes(context.req.raw.method)) return ok(context);
      return refused(405, { [applicationHeader]: '/get-only', Allow: 'GET, HEAD' });
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
    '/error-after-head',
    (context) => {
      context.header('Content-Length', '100');
      let isStarted = false;
      const body = new ReadableStream({
        async pull(controller) {
          if (isStarted) {
            await sleep(10);
            controller.error(new Error('the handler fails after the head'));
            return;
          }
          isStarted = true;
          controller.enqueue(new TextEncoder().encode('partial'));
        },
      });
      return context.body(body);
    },
  ],
  ['/vary/set', okWith([['Vary', 'Accept']])],
  [
    '/vary/array',
    okWith([
      ['Vary', 'Accept'],
      ['Vary', 'Accept-Language'],
    ]),
  ],
  ['/vary/lower', okWith([['vary', 'accept, ORIGIN']])],
  ['/vary/star', okWith([['Vary', '*']])],
  [
    '/vary/append',
    (context) => {
      context.header('Vary', 'Accept', { append: true });
      return ok(context);
    },
  ],
  [
    '/vary/remove',
    (context) => {
      context.header('Vary', undefined);
      return ok(context);
    },
  ],
  ['/own-cors', okWith(ownCorsFields)],
  ['/own-cors/lower', okWith([['access-control-allow-origin', handlerOrigin]])],
  [
    '/own-cors/twice',
    okWith([
      ['Access-Control-Allow-Origin', handlerOrigin],
      ['Access-Control-Allow-Origin', 'https://a.example'],
    ]),
  ],
  [
    '/own-cors/expose',
    okWith([['Access-Control-Expose-Headers', 'X-Handler, not a token, x-handler']]),
  ],
  [
    '/own-cors/throw',
    (context) => {
      for (const [name, value] of ownCorsFields) context.header(name, value);
      throw new Error('the handler throws');
    },
  ],
  [
    '/fields',
    (context) => {
      const fields = [
        ['X-Own', '1'],
        ['Cache-Control', 'private, max-age=60'],
        ['Content-Type', 'application/x-own'],
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
        ['Cross-Origin-Resource-Policy', 'same-site'],
        ['Timing-Allow-Origin', handlerOrigin],
      ] as const;
      setFields(context, fields);
      return context.body('ok');
    },
  ],
  [
    '/stream',
    (context) => {
      context.header('Content-Type', 'text/plain');
      return stream(context, (to) => later((text) => to.write(text), ['one ', 'two ', 'three']));
    },
  ],
  [
    '/events',
    (context) => {
      const write = (to: SSEStreamingApi) =>
        later((data) => to.writeSSE({ data }), ['1', '2', '3']);
      const reply = streamSSE(context, write);
      // Hono sets it for HTTP/1.1; HTTP/2 forbids it, and there Node throws.
      if (context.env.incoming?.httpVersionMajor === 2) reply.headers.delete('Transfer-Encoding');
      return reply;
    },
  ],
  [
    '/flush',
    (context) => {
      context.header('Content-Type', 'text/plain');
      return stream(context, (to) => sleep(10).then(() => to.write('ok')) as Promise<never>);
    },
  ],
  [
    '/early-hints',
    (context) => {
      context.env.outgoing?.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
      return ok(context);
    },
  ],
  ['/slow', (context) => sleep(100).then(() => ok(context))],
  ['/large', (context) => context.text('x'.repeat(262_144))],
  ['/redirect', (context) => context.redirect('/ok')],
  ['/immutable', (context) => Response.redirect(new URL('/ok', context.req.url), 302)],
  ['/immutable/fetched', () => fetch('data:text/plain,ok')],
  ['/echo-body', async (context) => context.text((await context.req.text()).slice(0, 1_048_576))],
  [
    '/socket',
    (context) => {
      context.header('Upgrade', 'test');
      return context.text('upgrade required', 426);
    },
  ],
];
