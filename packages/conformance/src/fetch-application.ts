/**
 * The test application (see `application.ts`) for web-standard handlers, `Request` to `Response`.
 */
import {
  applicationHeader,
  handlerOrigin,
  matchRoute,
  ownCorsFields,
  splitPolicyName,
  statusFields,
  unknownRoute,
} from './application.js';
import type { ApplicationLogBook } from './application-log.js';
import { brokenText, pause, textInPieces } from './fetch-streams.js';
import type { ApplicationOptions } from './node-application.js';

/** The test application, as a handler. */
export type FetchHandler = (request: Request) => Response | Promise<Response>;

type Field = readonly [name: string, value: string];

/** What a route works with. */
interface FetchRouteContext {
  readonly request: Request;
  readonly log: ApplicationLogBook;
  readonly parameter: string;
  /** One object for every request, for as long as the application lives. */
  readonly sharedResponse: Response;
  /** The same, for the replies that are made with it. */
  readonly sharedHeaders: Headers;
}

type FetchRoute = (context: FetchRouteContext) => Response | Promise<Response>;

const PAUSE_MS = 10;
const SLOW_MS = 100;
const LARGE_BYTES = 262_144;
const MOST_ECHOED_BYTES = 1_048_576;
const textType: Field = ['Content-Type', 'text/plain'];
/** Their headers cannot be changed, or are not to be, not even by this application. */
const IMMUTABLE_ROUTES = [
  '/immutable',
  '/immutable/fetched',
  '/shared-response',
  '/shared-headers',
];

/**
 * The application as a handler, to wrap in the adapter. It throws and rejects where its routes say
 * so: give the adapter or the server `fetchErrorHandler`.
 */
export function fetchApplication({ log, policyNames = [] }: ApplicationOptions): FetchHandler {
  const sharedResponse = new Response(null, {
    headers: { [applicationHeader]: '/shared-response' },
  });
  const sharedHeaders = new Headers({ [applicationHeader]: '/shared-headers' });
  return (request) => {
    const { pathname } = new URL(request.url);
    const match = matchRoute(splitPolicyName(pathname, policyNames).path);
    const handler = match === undefined ? undefined : fetchRoutes.get(match.route);
    if (match === undefined || handler === undefined) {
      return text('unknown path', { status: 404 }, [[applicationHeader, unknownRoute]]);
    }
    const { route, parameter = '' } = match;
    const reply = handler({ request, log, parameter, sharedResponse, sharedHeaders });
    return reply instanceof Promise
      ? reply.then((response) => marked(response, route))
      : marked(reply, route);
  };
}

function marked(response: Response, route: string): Response {
  if (!IMMUTABLE_ROUTES.includes(route)) response.headers.set(applicationHeader, route);
  return response;
}

/** What a web-standard server does about a handler's error. */
export function fetchErrorHandler(): Response {
  return text('internal error', { status: 500 });
}

const fetchRoutes: ReadonlyMap<string, FetchRoute> = new Map<string, FetchRoute>([
  ['/ok', () => ok()],
  ['/status/:code', ({ parameter }) => ofStatus(Number(parameter))],
  ['/guarded', ({ request }) => (request.headers.has('authorization') ? ok() : ofStatus(401))],
  [
    '/get-only',
    ({ request }) => {
      if (request.method === 'GET' || request.method === 'HEAD') return ok();
      return text('method not allowed', { status: 405 }, [['Allow', 'GET, HEAD']]);
    },
  ],
  [
    '/throw',
    () => {
      throw new Error('the handler throws');
    },
  ],
  ['/reject', () => Promise.reject(new Error('the handler rejects'))],
  ['/error-after-head', () => brokenText('partial', PAUSE_MS)],
  ['/malformed/%zz', () => text('malformed path', { status: 400 })],
  ['/vary/set', () => ok([['Vary', 'Accept']])],
  [
    '/vary/array',
    () =>
      ok([
        ['Vary', 'Accept'],
        ['Vary', 'Accept-Language'],
      ]),
  ],
  ['/vary/lower', () => ok([['vary', 'accept, ORIGIN']])],
  ['/vary/star', () => ok([['Vary', '*']])],
  ['/vary/append', () => ok([['Vary', 'Accept']])],
  ['/vary/remove', () => ok()],
  ['/own-cors', () => ok(ownCorsFields)],
  ['/own-cors/lower', () => ok([['access-control-allow-origin', handlerOrigin]])],
  [
    '/own-cors/twice',
    () =>
      ok([
        ['Access-Control-Allow-Origin', handlerOrigin],
        ['Access-Control-Allow-Origin', 'https://a.example'],
      ]),
  ],
  [
    '/own-cors/expose',
    () => ok([['Access-Control-Expose-Headers', 'X-Handler, not a token, x-handler']]),
  ],
  [
    '/own-cors/throw',
    () => {
      throw new Error('the handler throws');
    },
  ],
  [
    '/fields',
    () =>
      new Response('ok', {
        headers: withFields([
          ['X-Own', '1'],
          ['Cache-Control', 'private, max-age=60'],
          ['Content-Type', 'application/x-own'],
          ['Set-Cookie', 'a=1'],
          ['Set-Cookie', 'b=2'],
          ['Cross-Origin-Resource-Policy', 'same-site'],
          ['Timing-Allow-Origin', handlerOrigin],
        ]),
      }),
  ],
  ['/stream', () => textInPieces('text/plain', ['one ', 'two ', 'three'], PAUSE_MS)],
  [
    '/events',
    () =>
      textInPieces(
        'text/event-stream',
        [1, 2, 3].map((count) => `data: ${count}\n\n`),
        PAUSE_MS,
      ),
  ],
  ['/flush', () => textInPieces('text/plain', ['', 'ok'], PAUSE_MS)],
  ['/slow', async () => pause(SLOW_MS).then(() => ok())],
  ['/large', () => text('x'.repeat(LARGE_BYTES))],
  ['/redirect', () => ofStatus(302)],
  ['/immutable', ({ request }) => Response.redirect(new URL('/ok', request.url), 302)],
  ['/immutable/fetched', () => fetch('data:text/plain,ok')],
  ['/shared-response', ({ sharedResponse }) => sharedResponse],
  ['/shared-headers', ({ sharedHeaders }) => new Response('ok', { headers: sharedHeaders })],
  ['/echo-body', async ({ request }) => text((await request.text()).slice(0, MOST_ECHOED_BYTES))],
  ['/log', ({ log }) => Response.json(log.read())],
]);

function ok(fields: readonly Field[] = []): Response {
  return text('ok', {}, fields);
}

function ofStatus(status: number): Response {
  const fields = statusFields[status] ?? [];
  if (status !== 204 && status !== 205 && status !== 304) {
    return text(`status ${status}`, { status }, fields);
  }
  return new Response(null, { status, headers: withFields(fields) });
}

function text(body: string, init: ResponseInit = {}, fields: readonly Field[] = []): Response {
  return new Response(body, { ...init, headers: withFields([textType, ...fields]) });
}

function withFields(fields: readonly Field[]): Headers {
  const headers = new Headers();
  for (const [name, value] of fields) headers.append(name, value);
  return headers;
}
