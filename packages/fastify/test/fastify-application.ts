/** The test application, as a person would write it for Fastify. */
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  applicationHeader,
  applicationRoutes,
  type ApplicationOptions,
  handlerOrigin,
  nodeApplication,
  ownCorsFields,
  runNodeHandler,
  statusFields,
  unknownRoute,
} from '@cors/conformance';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;
type Fields = Iterable<readonly [string, string | readonly string[]]>;

const PAUSE_MS = 10;
/** What Fastify has no way of its own for. */
const RAW = ['/flush'];

/** Adds the test application: its parser of bodies, its routes, and its 404. */
export function addApplication(app: FastifyInstance, options: ApplicationOptions): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  addRoutes(app, options);
  app.setNotFoundHandler((_, reply) => {
    void reply.header(applicationHeader, unknownRoute).code(404).type('text/plain');
    return reply.send('unknown path');
  });
}

/** Its routes alone: they leave bodies, and what they do not answer, to the application around them. */
export function addRoutes(app: FastifyInstance, { log, policyNames }: ApplicationOptions): void {
  const raw = nodeApplication({ log, policyNames: policyNames ?? [] });
  const natives: Record<string, Handler> = {
    ...handlers(new Response(null, { headers: { [applicationHeader]: '/shared-response' } })),
    '/log': (_, reply) => reply.send(log.read()),
  };
  for (const { path } of applicationRoutes) {
    if (path === '/malformed/%zz') continue;
    const url = path === '/status/:code' ? '/status/:code(^[2-5]\\d\\d$)' : path;
    const native = natives[path];
    if (native !== undefined) {
      app.all(url, async (request, reply) => {
        if (!path.startsWith('/immutable')) void reply.header(applicationHeader, path);
        return native(request, reply);
      });
    } else if (path.startsWith('/write-head/') || RAW.includes(path)) {
      app.all(url, (request, reply) => {
        reply.hijack();
        runNodeHandler(raw, request.raw, reply.raw);
      });
    } else throw new Error(`${path} is not served`);
  }
}

function handlers(shared: Response): Record<string, Handler> {
  const sharedHeaders = new Headers({ [applicationHeader]: '/shared-headers' });
  return {
    '/ok': ok,
    '/status/:code': (request, reply) =>
      withStatus(reply, Number((request.params as { code: string }).code)),
    '/guarded': (request, reply) =>
      request.headers.authorization === undefined ? withStatus(reply, 401) : ok(request, reply),
    '/get-only': (request, reply) =>
      ['GET', 'HEAD'].includes(request.method)
        ? ok(request, reply)
        : reply.code(405).header('Allow', 'GET, HEAD').send('method not allowed'),
    '/throw': () => {
      throw new Error('the handler throws');
    },
    '/reject': () => Promise.reject(new Error('the handler rejects')),
    '/error-after-head': (_, reply) =>
      reply.type('text/plain').header('Content-Length', 100).send(Readable.from(failing())),
    '/vary/set': okWith([['Vary', 'Accept']]),
    '/vary/array': okWith([['Vary', ['Accept', 'Accept-Language']]]),
    '/vary/lower': okWith([['vary', 'accept, ORIGIN']]),
    '/vary/star': okWith([['Vary', '*']]),
    '/vary/append': (request, reply) => {
      void reply.header('Vary', [reply.getHeader('Vary') ?? [], 'Accept'].flat());
      return ok(request, reply);
    },
    '/vary/remove': (request, reply) => ok(request, reply.removeHeader('Vary')),
    '/own-cors': okWith(ownCorsFields),
    '/own-cors/lower': okWith([['access-control-allow-origin', handlerOrigin]]),
    '/own-cors/twice': okWith([
      ['Access-Control-Allow-Origin', [handlerOrigin, 'https://a.example']],
    ]),
    '/own-cors/expose': okWith([
      ['Access-Control-Expose-Headers', 'X-Handler, not a token, x-handler'],
    ]),
    '/own-cors/throw': (_, reply) => {
      set(reply, ownCorsFields);
      throw new Error('the handler throws');
    },
    '/fields': (_, reply) => {
      set(reply, [
        ['X-Own', '1'],
        ['Cache-Control', 'private, max-age=60'],
        ['Content-Type', 'application/x-own'],
        ['Set-Cookie', ['a=1', 'b=2']],
        ['Cross-Origin-Resource-Policy', 'same-site'],
        ['Timing-Allow-Origin', handlerOrigin],
      ]);
      return reply.send('ok');
    },
    '/stream': (_, reply) =>
      reply.type('text/plain').send(Readable.from(slowly(['one ', 'two ', 'three']))),
    '/events': (_, reply) =>
      reply
        .type('text/event-stream')
        .send(Readable.from(slowly([1, 2, 3].map((count) => `data: ${count}\n\n`)))),
    '/early-hints': (request, reply) => {
      reply.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
      return ok(request, reply);
    },
    '/slow': async (request, reply) => {
      await sleep(100);
      return ok(request, reply);
    },
    '/large': (_, reply) => reply.type('text/plain').send('x'.repeat(262_144)),
    '/redirect': (_, reply) => reply.redirect('/ok', 302),
    '/immutable': () => Response.redirect('https://api.example/ok', 302),
    '/immutable/fetched': () => fetch('data:text/plain,ok'),
    '/shared-response': () => shared,
    '/shared-headers': () => new Response('ok', { headers: sharedHeaders }),
    '/echo-body': (request, reply) => reply.type('text/plain').send(request.body ?? ''),
    '/socket': (_, reply) => reply.code(426).header('Upgrade', 'test').send('upgrade required'),
  };
}

const ok: Handler = (_, reply) => reply.type('text/plain').send('ok');

function okWith(fields: Fields): Handler {
  return (request, reply) => {
    set(reply, fields);
    return ok(request, reply);
  };
}

function set(reply: FastifyReply, fields: Fields): void {
  for (const [name, value] of fields) void reply.header(name, value);
}

function withStatus(reply: FastifyReply, status: number): FastifyReply {
  set(reply, statusFields[status] ?? []);
  void reply.code(status);
  if ([204, 205, 304].includes(status)) return reply.send();
  return reply.type('text/plain').send(`status ${status}`);
}

async function* slowly(pieces: readonly string[]): AsyncGenerator<string> {
  for (const piece of pieces) {
    yield piece;
    await sleep(PAUSE_MS);
  }
}

async function* failing(): AsyncGenerator<string> {
  yield 'partial';
  await sleep(2 * PAUSE_MS);
  throw new Error('the handler fails after the head');
}
