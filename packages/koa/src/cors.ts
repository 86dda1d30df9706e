/**
 * CORS for Koa: when a decision reaches Koa's reply, and what answers a preflight.
 *
 * The decision is applied when Node writes the head, not through `ctx.set`: for an error Koa removes
 * every header that was set (`ctx.onerror`), and a handler that sets `ctx.respond = false` goes past
 * `ctx` altogether.
 */
import { type AdapterOptions, createHandler, type LiteralOptions } from '@cors/core';
import { decideOnHead, warn } from '@cors/node';
import type { Context, Middleware } from 'koa';

/** Options of the middleware: the CORS options, or `{ policy }`; with `onDecision`. */
export type KoaCorsOptions = AdapterOptions<Context>;

/**
 * Makes a middleware. Mount it first, so that the headers are on every reply: those of errors, too.
 *
 * @param options - The CORS options, or `{ policy }`; with `onDecision`, told of each decision.
 * @throws {@link CorsConfigError} for options that cannot work or are dangerous, with all problems.
 *
 * @example
 * ```ts
 * import { cors } from '@cors/koa';
 * import Koa from 'koa';
 *
 * const app = new Koa();
 * app.use(cors({ origin: 'https://app.example.com', methods: ['PUT'] }));
 * app.use((ctx) => {
 *   ctx.body = 'hello';
 * });
 * ```
 */
export function cors<
  const Origin = unknown,
  const Credentials extends boolean | undefined = boolean,
  const Exposed = unknown,
>(options: KoaCorsOptions & LiteralOptions<Origin, Credentials, Exposed>): Middleware {
  const handler = createHandler<Context>(options, { lowerCase: true, warn });
  // No async function: what Koa awaits anyway costs less when it is handed on.
  return (context, next) =>
    decideOnHead(handler, context.req, context.res, context, ({ error, respond }) => {
      if (error !== null) throw error;
      if (respond === null) return next();
      answer(context, respond);
      return undefined;
    });
}

/**
 * Answers through Koa, so that middleware further out still sees the reply, and can add to it.
 *
 * An empty body sets a status of its own, and keeps a JSON type that was set before, unless the
 * status has no body anyway: hence 204 first. 204 carries no `Content-Length`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.6-8
 */
function answer(context: Context, status: number): void {
  context.status = 204;
  context.body = null;
  context.status = status;
  if (status !== 204) context.length = 0;
}
