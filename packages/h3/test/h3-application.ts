import { setTimeout as sleep } from 'node:timers/promises';
import {
  applicationHeader,
  applicationRoutes,
  type ApplicationOptions,
  handlerOrigin,
  matchRoute,
  ownCorsFields,
  splitPolicyName,
  statusFields,
  unknownRoute,
} from '@cors/conformance';
import type { H3, H3Event } from 'h3';
import type { Framework } from './policy.js';

type Handler = (event: H3Event) => unknown;

/** What the application leaves out: routes of capabilities that its target has not. */
export interface H3ApplicationOptions extends ApplicationOptions {
  readonly hasEarlyHints: boolean;
}

/** The test application as an h3 developer writes it, mounted into `app`. */
export function addApplication(
  app: H3,
  framework: Framework,
  { log, policyNames = [], hasEarlyHints }: H3ApplicationOptions,
): void {
  const { H3, HTTPError } = framework;
  const shared = new Response(null, { headers: { [applicationHeader]: '/shared-response' } });
  const sharedHeaders = new Headers({ [applicationHeader]: '/shared-headers' });
  const routes = new Map<string, Handler>([
    ...handlers(framework),
    ['/shared-response', () => shared],
    ['/shared-headers', () => new Response('ok', { headers: sharedHeaders })],
    ['/log', () => log.read()],
  ]);
  if (!hasEarlyHints) routes.delete('/early-hints');
  const api = new H3();
  for (const { path } of applicationRoutes) {
    const handler = routes.get(path);
    if (handler === undefined) continue;
    const isMarked = !/^\/(?:immutable|shared-)/.test(path);
    api.all(path, (event) => {
      if (isMarked) event.res.headers.set(applicationHeader, path);
      return handler(event);
    });
  }
  for (const name of policyNames) app.mount(`/${name}`, api);
  app.mount('/', api);
  app.all('/**', ({ url: { pathname } }) => {
    const isMalformed =
      matchRoute(splitPolicyName(pathname, policyNames).path)?.route === '/malformed/%zz';
    if (isMalformed) throw new HTTPError({ status: 400 });
    throw unknown(framework);
  });
}

const unknown = ({ HTTPError }: Framework): Error =>
  new HTTPError({ status: 404, headers: { [applicationHeader]: unknownRoute } });

const ok: Handler = (event) => {
  setDefault(event, 'Content-Type', 'text/plain');
  return 'ok';
};

function setDefault({ res }: H3Event, name: string, value: string): void {
  if (!res.headers.has(name)) res.headers.set(name, value);
}

const okWith =
  (fields: readonly (readonly [string, string])[]): Handler =>
  (event) => {
    const { headers } = event.res;
    for (const [name] of fields) headers.delete(name);
    for (const [name, value] of fields) headers.append(name, value);
    return ok(event);
  };

const fail = (): never => {
  throw new Error('the handler fails');
};

/** Pieces of text, some milliseconds apart; `fails` where an error is to end them. */
function pieces(texts: readonly string[], fails = false): ReadableStream<Uint8Array> {
  const left = [...texts];
  return new ReadableStream({
    async pull(controller) {
      const text = left.shift();
      if (text !== undefined) controller.enqueue(new TextEncoder().encode(text));
      else if (fails) controller.error(new Error('the handler fails after the head'));
      else controller.close();
      await sleep(10);
    },
  });
}

function handlers(framework: Framework): readonly (readonly [string, Handler])[] {
  const { EventStream, HTTPError, HTTPResponse, redirect, writeEarlyHints } = framework;
  return [
    ['/ok', ok],
    [
      '/status/:code',
      ({ res, context }) => {
        const match = matchRoute(`/status/${context.params?.['code'] ?? ''}`);
        if (match === undefined) throw unknown(framework);
        const status = Number(match.parameter);
        for (const [name, value] of statusFields[status] ?? []) res.headers.set(name, value);
        return new HTTPResponse(`status ${String(status)}`, { status });
      },
    ],
    [
      '/guarded',
      (event) => {
        if (event.req.headers.has('authorization')) return ok(event);
        const headers = {
          [applicationHeader]: '/guarded',
          ...Object.fromEntries(statusFields[401] ?? []),
        };
        throw new HTTPError({ status: 401, headers });
      },
    ],
    [
      '/get-only',
      (event) => {
        if (['GET', 'HEAD'].includes(event.req.method)) return ok(event);
        const headers = { [applicationHeader]: '/get-only', Allow: 'GET, HEAD' };
        throw new HTTPError({ status: 405, headers });
      },
    ],
    ['/throw', fail],
    ['/reject', () => sleep(1).then(fail)],
    [
      '/error-after-head',
      ({ res }) => {
        res.headers.set('Content-Length', '100');
        return pieces(['partial'], true);
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
      (event) => {
        event.res.headers.append('Vary', 'Accept');
        return ok(event);
      },
    ],
    [
      '/vary/remove',
      (event) => {
        event.res.headers.delete('Vary');
        return ok(event);
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
      ({ res }) => {
        for (const [name, value] of ownCorsFields) {
          // The first is for a reply that succeeds, the second for that to an error.
          res.headers.set(name, value);
          res.errHeaders.set(name, value);
        }
        return fail();
      },
    ],
    [
      '/fields',
      okWith([
        ['X-Own', '1'],
        ['Cache-Control', 'private, max-age=60'],
        ['Content-Type', 'application/x-own'],
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
        ['Cross-Origin-Resource-Policy', 'same-site'],
        ['Timing-Allow-Origin', handlerOrigin],
      ]),
    ],
    [
      '/stream',
      ({ res }) => {
        res.headers.set('Content-Type', 'text/plain');
        return pieces(['one ', 'two ', 'three']);
      },
    ],
    [
      '/events',
      (event) => {
        const stream = new EventStream(event);
        void (async () => {
          for (const data of ['1', '2', '3']) {
            await stream.push(data);
            await sleep(10);
          }
          await stream.close();
        })();
        return stream;
      },
    ],
    [
      '/flush',
      ({ res }) => {
        res.headers.set('Content-Type', 'text/plain');
        return pieces(['', 'ok']);
      },
    ],
    [
      '/early-hints',
      (event) => {
        // Over HTTP/2, Node never tells that they are sent, and h3's promise stays pending.
        void writeEarlyHints(event, { link: '</style.css>; rel=preload; as=style' });
        return ok(event);
      },
    ],
    ['/slow', (event) => sleep(100).then(() => ok(event))],
    [
      '/large',
      (event) => {
        ok(event);
        return 'x'.repeat(262_144);
      },
    ],
    ['/redirect', () => redirect('/ok')],
    ['/immutable', ({ req }) => Response.redirect(new URL('/ok', req.url), 302)],
    ['/immutable/fetched', () => fetch('data:text/plain,ok')],
    [
      '/echo-body',
      async (event) => {
        ok(event);
        return (await event.req.text()).slice(0, 1_048_576);
      },
    ],
    [
      '/socket',
      ({ res }) => {
        res.headers.set('Upgrade', 'test');
        return new HTTPResponse('upgrade required', { status: 426 });
      },
    ],
  ];
}
