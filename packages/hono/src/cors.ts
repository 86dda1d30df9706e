/**
 * CORS for Hono: when a decision reaches Hono's reply, and what answers a preflight.
 *
 * The decision is applied to `context.res` once the handlers further in are done: Hono has by then
 * made replies of their errors, too. The reply to an error that passes through this middleware is
 * made further out, see `late-reply.ts`.
 */
import { type AdapterOptions, createHandler, type Handling, type LiteralOptions } from '@cors/core';
import {
  commitOnHeaders,
  handlingOf,
  putInForce,
  toCorsRequest,
  warn,
  withdraw,
} from '@cors/fetch';
import type { Context, MiddlewareHandler, Next } from 'hono';
import { commitLate, sendingWhatWasCommitted } from './late-reply.js';
import { watchReplies } from './own-reply.js';

/** Options of the middleware: the CORS options, or `{ policy }`; with `onDecision`. */
export type HonoCorsOptions = AdapterOptions<Context>;

/**
 * Makes a middleware. Mount it first, on `'*'`, so that the headers are on every reply.
 *
 * @param options - The CORS options, or `{ policy }`; with `onDecision`, told of each decision.
 * @throws {@link CorsConfigError} for options that cannot work or are dangerous, with all problems.
 *
 * @example
 * ```ts
 * import { cors } from '@cors/hono';
 * import { Hono } from 'hono';
 *
 * const app = new Hono();
 * app.use('*', cors({ origin: 'https://app.example.com', methods: ['PUT'] }));
 * app.get('/', (c) => c.text('hello'));
 * ```
 */
export function cors<
  const Origin = unknown,
  const Credentials extends boolean | undefined = boolean,
  const Exposed = unknown,
>(options: HonoCorsOptions & LiteralOptions<Origin, Credentials, Exposed>): MiddlewareHandler {
  const { handle, replaced } = createHandler<Context>(options, { lowerCase: false, warn });

  const proceed = (
    context: Context,
    next: Next,
    request: Request,
    earlier: Handling | undefined,
    handling: Handling,
  ): Promise<void> => {
    putInForce(request, handling);
    const commitOn = watchReplies(context);
    let { decision } = handling;
    const conclude = (): void => {
      // A middleware further in may have put another decision in force.
      decision = handlingOf(request)?.decision ?? decision;
      // The same request, handled again, is decided about again.
      if (earlier === undefined) withdraw(request);
    };
    const commit = (): void => {
      const { res } = context;
      // Where no handler has replied, these are the headers that a later reply begins with.
      if (!context.finalized) commitOnHeaders(res.headers, decision, replaced);
      else replaceReply(context, commitOn(res, decision, replaced));
    };
    const finish = (): void => {
      conclude();
      commit();
    };
    const fail = (error: unknown): never => {
      conclude();
      commitLate(context, commit);
      throw error;
    };
    const { error, respond } = decision;
    if (error !== null) return Promise.reject(error).catch(fail);
    if (respond === null) return next().then(finish).catch(fail);
    answer(context, respond);
    conclude();
    commitOnHeaders(context.res.headers, decision, replaced);
    return Promise.resolve();
  };
  // No async function: what Hono awaits anyway costs less when it is handed on.
  return (context, next) => {
    const { raw } = context.req;
    const earlier = handlingOf(raw);
    const handling = handle(toCorsRequest(raw), context, earlier);
    const done =
      handling instanceof Promise
        ? handling.then((settled) => proceed(context, next, raw, earlier, settled))
        : proceed(context, next, raw, earlier, handling);
    return sendingWhatWasCommitted(done, context);
  };
}

/**
 * Made by the context, so that it carries what middleware further out has prepared.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.6-8
 */
function answer(context: Context, status: number): void {
  context.res = context.body(null, status as 204);
  const { headers } = context.res;
  // What is meant for another body; two lengths on one reply desynchronise clients.
  headers.delete('Transfer-Encoding');
  if (status === 204) headers.delete('Content-Length');
  else headers.set('Content-Length', '0');
}

/** Hono merges the headers of a reply into the one that replaces it, unless there is none. */
function replaceReply(context: Context, reply: Response): void {
  if (reply === context.res) return;
  context.res = undefined;
  context.res = reply;
}
