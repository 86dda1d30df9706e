/**
 * CORS for Hono: when a decision reaches Hono's reply, and what answers a preflight.
 *
 * The decision is applied to `context.res` once the handlers further in are done: Hono has by then
 * made replies of their errors, too. The reply to an error that passes through this middleware is
 * made further out, see `late-reply.ts`.
 */
import { type AdapterOptions, createHandler, type LiteralOptions } from '@cors/core';
import { type Exchange, openExchange, warn } from '@cors/fetch';
import type { Context, MiddlewareHandler, Next } from 'hono';
import { commitLate, sendingWhatWasCommitted } from './late-reply.js';
import { watchReplies, whatMayBeDone } from './own-reply.js';

/** Marks a reply that a handler wrote past Hono: `@hono/node-server` would send a copy of it as well. */
const ALREADY_SENT = 'x-hono-already-sent';

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
  const handler = createHandler<Context>(options, { lowerCase: false, warn });

  const serve = async (
    opening: ReturnType<typeof openExchange>,
    context: Context,
    next: Next,
  ): Promise<void> => {
    // To await what is not late would cost every request a turn.
    const exchange = opening instanceof Promise ? await opening : opening;
    const commit = exchange.isOnHead ? null : committing(exchange, context);
    try {
      const { error, respond } = exchange.decision;
      if (error !== null) throw error;
      if (respond !== null) {
        // Made by the context, so that it carries what middleware further out has prepared.
        context.res = context.body(null, respond as 204);
        exchange.commitWithoutBody(context.res);
        return;
      }
      await next();
      commit?.();
    } catch (error) {
      if (commit !== null) commitLate(context, commit);
      throw error;
    } finally {
      exchange.close();
    }
  };
  return (context: Context, next) => {
    const opening = openExchange(handler, context.req.raw, context, context.env);
    const done = serve(opening, context, next);
    const isOnHead = !(opening instanceof Promise) && opening.isOnHead;
    return isOnHead ? done : sendingWhatWasCommitted(done, context);
  };
}

/** What applies the decision to the context's reply, once there is one. */
function committing(exchange: Exchange, context: Context): () => void {
  const last = watchReplies(context);
  return () => {
    const { res } = context;
    // Where no handler has replied, it has the headers that a later reply begins with.
    const own = context.finalized ? whatMayBeDone(last, res) : 'in-place';
    if (own === undefined && res.headers.has(ALREADY_SENT)) return;
    const reply = exchange.commit(res, own);
    if (reply === res) return;
    // Hono merges the headers of a reply into the one that replaces it, unless there is none.
    context.res = undefined;
    context.res = reply;
  };
}
