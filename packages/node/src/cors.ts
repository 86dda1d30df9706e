/**
 * CORS for `node:http`, `node:http2` and Connect.
 */
import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import {
  type AdapterOptions,
  createHandler,
  type Decision,
  type Handler,
  type LiteralOptions,
} from '@cors/core';
import { answer } from './answer.js';
import { decideOnHead } from './commit-on-head.js';
import type { NodeResponse } from './commitment.js';
import { warn } from './warn.js';

/** A request of `node:http` or `node:http2`. */
export type NodeRequest = IncomingMessage | Http2ServerRequest;

/** Options: those of a policy, or `{ policy }`; with `onDecision`. */
export type NodeCorsOptions<Req extends NodeRequest = NodeRequest> = AdapterOptions<Req>;

/** Goes on to the next handler, or to the error handling. */
export type Next = (error?: unknown) => void;

/**
 * Handles CORS for one request.
 *
 * @typeParam Answered - `boolean` where the origins are listed; a promise too where it may be late.
 */
export type NodeMiddleware<
  Req extends NodeRequest,
  Answered extends boolean | Promise<boolean> = boolean | Promise<boolean>,
> = (request: Req, response: NodeResponse, next?: Next) => Answered;

/** Whether a middleware answers at once: it does unless there is a predicate or a `policy`. */
export type AnsweredFor<Origin> = [Origin] extends [string | readonly string[]]
  ? boolean
  : boolean | Promise<boolean>;

/**
 * Makes a middleware. Mount it first, so that the headers are on every reply.
 *
 * It returns true when it answered the request (a preflight, or with status 500 when a predicate
 * failed and there is no `next` to tell); else the application answers, and the headers are applied
 * when the head of its reply is written. With a predicate or a `policy` it may return a promise of
 * that: `if (await handleCors(request, response)) return;`. With `next`, it calls that, as Connect
 * and Express want it; a failed predicate's error is passed on.
 *
 * @param options - The CORS options, or `{ policy }`; with `onDecision`, told of each decision.
 * @throws {@link CorsConfigError} for options that cannot work or are dangerous, with all problems.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { cors } from '@cors/node';
 *
 * const handleCors = cors({ origin: 'https://app.example.com', methods: ['PUT'] });
 * createServer((request, response) => {
 *   if (handleCors(request, response)) return;
 *   response.end('hello');
 * });
 * ```
 */
export function cors<
  Req extends NodeRequest = NodeRequest,
  const Origin = unknown,
  const Credentials extends boolean | undefined = boolean,
  const Exposed = unknown,
>(
  options: NodeCorsOptions<Req> & LiteralOptions<Origin, Credentials, Exposed>,
): NodeMiddleware<Req, AnsweredFor<Origin>> {
  const handler = createHandler<Req>(options, { lowerCase: true, warn });
  const middleware: NodeMiddleware<Req> = (request, response, next) =>
    decideOnHead(handler, request, response, request, (decision) =>
      proceed(handler, decision, response, next),
    );
  return middleware as NodeMiddleware<Req, AnsweredFor<Origin>>;
}

/** Says whether what was decided answered the request. */
function proceed(
  handler: Pick<Handler<never>, 'failed'>,
  { error, respond }: Decision,
  response: NodeResponse,
  next: Next | undefined,
): boolean {
  if (error !== null && next !== undefined) {
    next(error);
    return false;
  }
  if (error !== null) {
    handler.failed(error);
    answer(response, 500);
    return true;
  }
  if (respond !== null) {
    answer(response, respond);
    return true;
  }
  next?.();
  return false;
}
