/** The conformance suite's application, as one writes it in Elysia. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  applicationHeader,
  applicationRoutes,
  fetchApplication,
  handlerOrigin,
  matchRoute,
  openLogBook,
  ownCorsFields,
  statusFields,
  unknownRoute,
} from '@cors/conformance';
import { type Context, Elysia } from 'elysia';

type Handle = (context: Context) => unknown;
type Fields = readonly (readonly [name: string, value: string])[];

/** Its routes, its 404 and its error handler. */
export function elysiaApplication(): Elysia {
  const responses = fetchApplication({ log: openLogBook() });
  const app = new Elysia();
  for (const { path } of applicationRoutes) {
    const native = handles.get(path);
    // Streams and ready-made responses are the same `Response` objects as anywhere.
    const handle: Handle = native ?? (({ request }) => responses(request));
    app.all(
      path,
      (context) => {
        if (native !== undefined) setFields(context, [[applicationHeader, path]]);
        return handle(context);
      },
      { parse: 'none' },
    );
  }
  app.all('/*', unknown, { parse: 'none' });
  // For the errors of every plugin, and not of this one alone.
  app.onError({ as: 'global' }, ({ status }) => status(500, 'internal error'));
  return app;
}

const unknown: Handle = (context) => {
  const isMalformed = matchRoute(context.path)?.route === '/malformed/%zz';
  if (isMalformed) return context.status(400, 'malformed path');
  setFields(context, [[applicationHeader, unknownRoute]]);
  return context.status(404, 'unknown path');
};

const ok: Handle = () => 'ok';

const okWith =
  (fields: Fields): Handle =>
  (context) => {
    setFields(context, fields);
    return 'ok';
  };

/** Elysia's own names of fields are in lower case. */
function setFields({ set }: Context, fields: Fields): void {
  for (const [name, value] of fields) set.headers[name.toLowerCase()] = value;
}

function withStatus(context: Context, code: number): unknown {
  setFields(context, statusFields[code] ?? []);
  context.set.status = code;
  return [204, 205, 304].includes(code) ? new Response(null, { status: code }) : `status ${code}`;
}

const handles: ReadonlyMap<string, Handle> = new Map<string, Handle>([
  ['/ok', ok],
  [
    '/status/:code',
    (context) => {
      const match = matchRoute(context.path);
      return match === undefined ? unknown(context) : withStatus(context, Number(match.parameter));
    },
  ],
  [
    '/guarded',
    (context) => (context.request.headers.has('authorization') ? 'ok' : withStatus(context, 401)),
  ],
  [
    '/get-only',
    (context) => {
      if (['GET', 'HEAD'].includes(context.request.method)) return 'ok';
      setFields(context, [['Allow', 'GET, HEAD']]);
      return context.status(405, 'method not allowed');
    },
  ],
  [
    '/throw',
    () => {
      throw new Error('the handler throws');
    },
  ],
  ['/reject', () => sleep(1).then(() => Promise.reject(new Error('the handler rejects')))],
  ['/vary/set', okWith([['Vary', 'Accept']])],
  // A field is set once: there are no lines of it.
  ['/vary/array', okWith([['Vary', 'Accept, Accept-Language']])],
  ['/vary/lower', okWith([['vary', 'accept, ORIGIN']])],
  ['/vary/star', okWith([['Vary', '*']])],
  [
    '/vary/append',
    (context) => {
      const held = context.set.headers['vary'];
      setFields(context, [['Vary', held === undefined ? 'Accept' : `${held}, Accept`]]);
      return 'ok';
    },
  ],
  [
    '/vary/remove',
    ({ set }) => {
      delete set.headers['vary'];
      return 'ok';
    },
  ],
  ['/own-cors', okWith(ownCorsFields)],
  ['/own-cors/lower', okWith([['Access-Control-Allow-Origin', handlerOrigin]])],
  [
    '/own-cors/expose',
    okWith([['Access-Control-Expose-Headers', 'X-Handler, not a token, x-handler']]),
  ],
  [
    '/own-cors/throw',
    (context) => {
      setFields(context, ownCorsFields);
      throw new Error('the handler throws');
    },
  ],
  [
    '/fields',
    (context) => {
      setFields(context, [
        ['X-Own', '1'],
        ['Cache-Control', 'private, max-age=60'],
        ['Content-Type', 'application/x-own'],
        ['Cross-Origin-Resource-Policy', 'same-site'],
        ['Timing-Allow-Origin', handlerOrigin],
      ]);
      context.set.headers['set-cookie'] = ['a=1', 'b=2'];
      return 'ok';
    },
  ],
  ['/slow', () => sleep(100).then(() => 'ok')],
  ['/large', () => 'x'.repeat(262_144)],
  // Its `redirect` wants a whole URL on Node.
  ['/redirect', (context) => withStatus(context, 302)],
  ['/echo-body', async ({ request }) => (await request.text()).slice(0, 1_048_576)],
  [
    '/socket',
    (context) => {
      setFields(context, [['Upgrade', 'test']]);
      return context.status(426, 'upgrade required');
    },
  ],
]);
