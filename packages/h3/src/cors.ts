/**
 * CORS for h3: when a decision reaches h3's reply, and what answers a preflight.
 *
 * h3 makes a reply of what its handlers return or throw after all middleware. By then no middleware can
 * change it, and headers prepared on the event do not do either: an error handler's own `Response` goes
 * out without them. So this middleware has the reply made, by h3's own function, and applies the decision
 * to the finished one.
 */
import { type AdapterOptions, createHandler, type LiteralOptions } from '@cors/core';
import { openExchange, warn } from '@cors/fetch';
import { type H3Event, type Middleware, toResponse } from 'h3';

/** Options of the middleware: the CORS options, or `{ policy }`; with `onDecision`. */
export type H3CorsOptions = AdapterOptions<H3Event>;

/**
 * Makes a middleware. Mount it first, so that the headers are on every reply.
 *
 * @param options - The CORS options, or `{ policy }`; with `onDecision`, told of each decision.
 * @throws {@link CorsConfigError} for options that cannot work or are dangerous, with all problems.
 *
 * @example
 * ```ts
 * import { cors } from '@cors/h3';
 * import { H3 } from 'h3';
 *
 * const app = new H3();
 * app.use(cors({ origin: 'https://app.example.com', methods: ['PUT'] }));
 * app.get('/', () => 'hello');
 * ```
 */
export function cors<
  const Origin = unknown,
  const Credentials extends boolean | undefined = boolean,
  const Exposed = unknown,
>(options: H3CorsOptions & LiteralOptions<Origin, Credentials, Exposed>): Middleware {
  const handler = createHandler<H3Event>(options, { lowerCase: false, warn });

  return async (event, next) => {
    const exchange = await openExchange(handler, event.req, event);
    try {
      const { error, respond } = exchange.decision;
      if (respond !== null) {
        // Made by h3, so that it carries what middleware further out has prepared.
        const reply = await toResponse(new Response(null, { status: respond }), event);
        return exchange.commitWithoutBody(new Response(null, reply));
      }
      const { reply, isOwn } = await makeReply(event, () => {
        if (error !== null) throw error;
        return next();
      });
      return exchange.commit(reply, isOwn ? 'in-place' : undefined);
    } finally {
      exchange.close();
    }
  };
}

/**
 * The reply to whatever `next` returns or throws, errors as the application handles them.
 *
 * @returns Also whether h3 made it, for this request alone. Any other `Response` may be immutable (a
 * redirect, a proxied fetch) or be given to other requests too. And where another library has put a
 * class of its own in the place of the global one (`@hono/node-server` does), h3 does not know its own
 * replies when it sees them again: a copy is of the new class.
 */
async function makeReply(
  event: H3Event,
  next: () => unknown,
): Promise<{ readonly reply: Response; readonly isOwn: boolean }> {
  let given: unknown;
  const note = async (make: () => unknown): Promise<unknown> => (given = await make());
  const config = { ...event.app?.config };
  // For the reply as it leaves: h3 calls it then.
  delete config.onResponse;
  const { onError } = config;
  if (onError !== undefined) config.onError = (error) => note(() => onError(error, event));
  const reply = await toResponse(note(next), event, config);
  return { reply, isOwn: reply !== given && reply instanceof Response };
}
