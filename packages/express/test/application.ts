/**
 * The conformance suite's application, as one writes it in Express: a router, with Express's own error
 * handler behind it.
 */
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  applicationHeader,
  type ApplicationLogBook,
  applicationRoutes,
  handlerOrigin,
  nodeApplication,
  ownCorsFields,
  statusFields,
  unknownRoute,
} from '@cors/conformance';
import type { NextFunction, Request, Response, Router } from 'express';
import type { Version } from './express.js';

type Handle = (request: Request, response: Response, next: NextFunction) => unknown;

const text = (response: Response, body = 'ok'): Response => response.type('text/plain').send(body);
const PAUSE_MS = 10;

/** A handler whose promise may be rejected: Express 5 looks at it, Express 4 has to be told. */
const caught =
  (handle: Handle): Handle =>
  (request, response, next) => {
    Promise.resolve(handle(request, response, next)).catch(next);
  };

/** The routes that Express replies to in its own way; those of raw heads are Node's. */
export function application(
  { express, catchesRejections }: Pick<Version, 'express' | 'catchesRejections'>,
  log: ApplicationLogBook,
): Router {
  // Only the paths of the table, to the letter.
  const router = express.Router({ caseSensitive: true, strict: true });
  const all = (path: string, ...handles: Handle[]): void => {
    router.all(path, (_, response, next) => {
      response.set(applicationHeader, path);
      next();
    });
    for (const handle of handles) router.all(path, catchesRejections ? handle : caught(handle));
  };
  const okWith = (path: string, fields: readonly (readonly [string, string | string[]])[]): void =>
    all(path, (_, response) => {
      for (const [name, value] of fields) response.set(name, value as string);
      text(response);
    });

  all('/ok', (_, response) => text(response));
  all('/status/:code', ({ params }, response, next) => {
    if (!/^[2-5]\d\d$/.test(String(params['code']))) {
      next();
      return;
    }
    const status = Number(params['code']);
    for (const [name, value] of statusFields[status] ?? []) response.set(name, value);
    response.status(status);
    if ([204, 205, 304].includes(status)) response.end();
    else text(response, `status ${status}`);
  });
  all('/guarded', (request, response) => {
    if (request.get('Authorization') !== undefined) return text(response);
    return text(response.status(401).set(Object.fromEntries(statusFields[401]!)), 'status 401');
  });
  all('/get-only', ({ method }, response) => {
    if (method === 'GET' || method === 'HEAD') return text(response);
    return text(response.status(405).set('Allow', 'GET, HEAD'), 'method not allowed');
  });

  all('/throw', () => {
    throw new Error('the handler throws');
  });
  all('/reject', async () => {
    await sleep(1);
    throw new Error('the handler rejects');
  });
  all('/error-after-head', async (_, response) => {
    response.type('text/plain').set('Content-Length', '100');
    // Only once the bytes have left: what is still in a buffer goes down with the connection.
    await new Promise<void>((resolve) => response.write('partial', () => resolve()));
    await sleep(PAUSE_MS);
    throw new Error('the handler fails after the head');
  });
  // Express itself refuses a parameter that cannot be decoded.
  all('/malformed/:name', (_, response) => text(response));

  okWith('/vary/set', [['Vary', 'Accept']]);
  okWith('/vary/array', [['Vary', ['Accept', 'Accept-Language']]]);
  okWith('/vary/lower', [['vary', 'accept, ORIGIN']]);
  okWith('/vary/star', [['Vary', '*']]);
  all('/vary/append', (_, response) => text(response.vary('Accept')));
  all('/vary/remove', (_, response) => {
    response.removeHeader('Vary');
    text(response);
  });
  okWith('/own-cors', ownCorsFields);
  okWith('/own-cors/lower', [['access-control-allow-origin', handlerOrigin]]);
  okWith('/own-cors/twice', [
    ['Access-Control-Allow-Origin', [handlerOrigin, 'https://a.example']],
  ]);
  okWith('/own-cors/expose', [
    ['Access-Control-Expose-Headers', 'X-Handler, not a token, x-handler'],
  ]);
  all('/own-cors/throw', (_, response) => {
    response.set(Object.fromEntries(ownCorsFields));
    throw new Error('the handler throws');
  });
  all('/fields', (_, response) => {
    response.set({
      'X-Own': '1',
      'Cache-Control': 'private, max-age=60',
      'Content-Type': 'application/x-own',
      'Cross-Origin-Resource-Policy': 'same-site',
      'Timing-Allow-Origin': handlerOrigin,
    });
    response.append('Set-Cookie', 'a=1').append('Set-Cookie', 'b=2');
    response.send(Buffer.from('ok'));
  });

  all('/stream', (_, response) => {
    Readable.from(pieces(['one ', 'two ', 'three'])).pipe(response.type('text/plain'));
  });
  all('/events', async (_, response) => {
    response.type('text/event-stream');
    for await (const event of pieces(['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n'])) {
      response.write(event);
    }
    response.end();
  });
  all('/flush', async (_, response) => {
    response.type('text/plain').flushHeaders();
    await sleep(PAUSE_MS);
    response.end('ok');
  });
  all('/early-hints', (_, response) => {
    response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
    text(response);
  });
  all('/slow', async (_, response) => {
    await sleep(100);
    text(response);
  });
  all('/large', (_, response) => text(response, 'x'.repeat(262_144)));
  all('/redirect', (_, response) => {
    response.redirect('/ok');
  });
  all(
    '/echo-body',
    express.raw({ type: () => true, limit: 1_048_576 }) as Handle,
    ({ body }, response) => {
      response.type('text/plain').send(Buffer.isBuffer(body) ? body : '');
    },
  );
  all('/socket', (_, response) => {
    text(response.status(426).set('Upgrade', 'test'), 'upgrade required');
  });
  all('/log', (_, response) => response.json(log.read()));

  const raw = nodeApplication({ log });
  for (const { path, requires } of applicationRoutes) {
    if (requires === 'write-head') router.all(path, (request, response) => raw(request, response));
  }
  router.use((_, response) => {
    text(response.status(404).set(applicationHeader, unknownRoute), 'unknown path');
  });
  return router;
}

async function* pieces(texts: readonly string[]): AsyncGenerator<string> {
  for (const piece of texts) {
    yield piece;
    await sleep(PAUSE_MS);
  }
}
