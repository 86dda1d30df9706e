/**
 * The routes of the test application on node, but for those that write the head in raw form (see
 * `node-write-head-routes.ts`). What each does is told in `application.ts`.
 */
import { Buffer } from 'node:buffer';
import { setTimeout as sleep } from 'node:timers/promises';

import { handlerOrigin, ownCorsFields, statusFields } from './application.js';
import type { ApplicationLogBook } from './application-log.js';
import type { NodeRequest, NodeResponse } from './node-messages.js';

/** What a route works with. */
export interface NodeRouteContext {
  readonly request: NodeRequest;
  readonly response: NodeResponse;
  readonly log: ApplicationLogBook;
  /** The route's path in the table. */
  readonly route: string;
  /** The value of the route's parameter, or nothing. */
  readonly parameter: string;
}

type NodeRoute = (context: NodeRouteContext) => void | Promise<void>;

const PAUSE_MS = 10;
const SLOW_MS = 100;
const LARGE_BYTES = 262_144;
const MOST_ECHOED_BYTES = 1_048_576;

/** The handlers by their route's path in the table. */
export const nodeRoutes: ReadonlyMap<string, NodeRoute> = new Map<string, NodeRoute>([
  ['/ok', ({ response }) => ok(response)],
  ['/status/:code', ({ response, parameter }) => replyWithStatus(response, Number(parameter))],
  [
    '/guarded',
    ({ request, response }) => {
      if (request.headers['authorization'] === undefined) replyWithStatus(response, 401);
      else ok(response);
    },
  ],
  [
    '/get-only',
    ({ request, response }) => {
      if (request.method === 'GET' || request.method === 'HEAD') {
        ok(response);
        return;
      }
      response.setHeader('Allow', 'GET, HEAD');
      reply(response, 405, 'method not allowed');
    },
  ],
  [
    '/throw',
    () => {
      throw new Error('the handler throws');
    },
  ],
  ['/reject', () => Promise.reject(new Error('the handler rejects'))],
  ['/error-after-head', ({ response }) => failAfterHead(response)],
  ['/malformed/%zz', ({ response }) => reply(response, 400, 'malformed path')],
  ['/vary/set', ({ response }) => okWith(response, [['Vary', 'Accept']])],
  ['/vary/array', ({ response }) => okWith(response, [['Vary', ['Accept', 'Accept-Language']]])],
  ['/vary/lower', ({ response }) => okWith(response, [['vary', 'accept, ORIGIN']])],
  ['/vary/star', ({ response }) => okWith(response, [['Vary', '*']])],
  ['/vary/append', ({ response }) => okWith(response, [['Vary', withAccept(response)]])],
  [
    '/vary/remove',
    ({ response }) => {
      response.removeHeader('Vary');
      ok(response);
    },
  ],
  ['/own-cors', ({ response }) => okWith(response, ownCorsFields)],
  [
    '/own-cors/lower',
    ({ response }) => okWith(response, [['access-control-allow-origin', handlerOrigin]]),
  ],
  [
    '/own-cors/twice',
    ({ response }) =>
      okWith(response, [['Access-Control-Allow-Origin', [handlerOrigin, 'https://a.example']]]),
  ],
  [
    '/own-cors/expose',
    ({ response }) =>
      okWith(response, [['Access-Control-Expose-Headers', 'X-Handler, not a token, x-handler']]),
  ],
  [
    '/own-cors/throw',
    ({ response }) => {
      setFields(response, ownCorsFields);
      throw new Error('the handler throws');
    },
  ],
  [
    '/fields',
    ({ response }) => {
      setFields(response, foreignFields);
      response.end('ok');
    },
  ],
  ['/stream', ({ response }) => sendInPieces(response, 'text/plain', ['one ', 'two ', 'three'])],
  ['/events', ({ response }) => sendInPieces(response, 'text/event-stream', events)],
  ['/flush', ({ response }) => flushFirst(response)],
  [
    '/early-hints',
    ({ response }) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
      ok(response);
    },
  ],
  ['/slow', async ({ response }) => sleep(SLOW_MS).then(() => ok(response))],
  ['/large', ({ response }) => reply(response, 200, 'x'.repeat(LARGE_BYTES))],
  ['/redirect', ({ response }) => replyWithStatus(response, 302)],
  ['/echo-body', ({ request, response }) => echoBody(request, response)],
  [
    '/socket',
    ({ response }) => {
      response.setHeader('Upgrade', 'test');
      reply(response, 426, 'upgrade required');
    },
  ],
  [
    '/log',
    ({ response, log }) => {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(log.read()));
    },
  ],
]);

const foreignFields: readonly (readonly [string, string | string[]])[] = [
  ['X-Own', '1'],
  ['Cache-Control', 'private, max-age=60'],
  ['Content-Type', 'application/x-own'],
  ['Set-Cookie', ['a=1', 'b=2']],
  ['Cross-Origin-Resource-Policy', 'same-site'],
  ['Timing-Allow-Origin', handlerOrigin],
];

const events = [1, 2, 3].map((count) => `data: ${count}\n\n`);

function ok(response: NodeResponse): void {
  reply(response, 200, 'ok');
}

function okWith(
  response: NodeResponse,
  fields: readonly (readonly [string, string | string[]])[],
): void {
  setFields(response, fields);
  ok(response);
}

function setFields(
  response: NodeResponse,
  fields: readonly (readonly [string, string | string[]])[],
): void {
  for (const [name, value] of fields) response.setHeader(name, value);
}

function reply(response: NodeResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/plain');
  response.end(text);
}

function replyWithStatus(response: NodeResponse, status: number): void {
  setFields(response, statusFields[status] ?? []);
  if (status === 204 || status === 205 || status === 304) {
    response.statusCode = status;
    response.end();
  } else {
    reply(response, status, `status ${status}`);
  }
}

/** Appended by hand: HTTP/2 of Node 20.0 has no `appendHeader`. */
function withAccept(response: NodeResponse): string[] {
  const held = response.getHeader('Vary');
  const lines = Array.isArray(held) ? held.map(String) : typeof held === 'string' ? [held] : [];
  return [...lines, 'Accept'];
}

async function failAfterHead(response: NodeResponse): Promise<void> {
  response.setHeader('Content-Type', 'text/plain');
  response.setHeader('Content-Length', '100');
  // Only once the bytes have left: what is still in a buffer goes down with the connection.
  await new Promise<void>((resolve) => response.write('partial', () => resolve()));
  await sleep(PAUSE_MS);
  throw new Error('the handler fails after the head');
}

async function sendInPieces(
  response: NodeResponse,
  type: string,
  pieces: readonly string[],
): Promise<void> {
  response.setHeader('Content-Type', type);
  for (const piece of pieces) {
    response.write(piece);
    await sleep(PAUSE_MS);
  }
  response.end();
}

async function flushFirst(response: NodeResponse): Promise<void> {
  response.setHeader('Content-Type', 'text/plain');
  response.flushHeaders?.();
  await sleep(PAUSE_MS);
  response.end('ok');
}

async function echoBody(request: NodeRequest, response: NodeResponse): Promise<void> {
  const pieces: Buffer[] = [];
  let size = 0;
  await new Promise<void>((resolve, reject) => {
    request.on('data', (piece) => {
      size += piece.byteLength;
      if (size <= MOST_ECHOED_BYTES) pieces.push(piece);
    });
    request.on('end', () => resolve());
    request.on('error', () => reject(new Error('the request broke off')));
  });
  response.setHeader('Content-Type', 'text/plain');
  response.end(Buffer.concat(pieces));
}
