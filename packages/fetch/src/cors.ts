/**
 * CORS for web-standard handlers: `Request` → `Response`.
 */
import { type AdapterOptions, createHandler, type LiteralOptions } from '@cors/core';
import { openExchange } from './exchange.js';
import { warn } from './warn.js';

/** A web-standard handler. What its runtime passes beside the request is passed on. */
export type FetchHandler<Rest extends readonly unknown[] = readonly []> = (
  request: Request,
  ...rest: Rest
) => Response | Promise<Response>;

/** What this adapter takes beside the options that all adapters take. */
export interface FetchHooks {
  /**
   * Makes the reply when the handler, the predicate or the policy's choice failed; the headers are
   * applied to it. Without it the error is thrown on, and whoever answers then knows nothing of CORS.
   */
  readonly onError?:
    | ((error: unknown, request: Request) => Response | Promise<Response>)
    | undefined;
}

/** Options of the adapter. */
export type FetchCorsOptions = AdapterOptions<Request> & FetchHooks;

/**
 * Makes a wrapper for handlers. Wrap the outermost one, so that the headers are on every reply.
 *
 * @param options - The CORS options, or `{ policy }`; with `onDecision`, told of each decision, and
 * `onError`, which makes the reply when the handler throws.
 * @throws {@link CorsConfigError} for options that cannot work or are dangerous, with all problems.
 *
 * @example
 * ```ts
 * import { cors } from '@cors/fetch';
 *
 * const withCors = cors({ origin: 'https://app.example.com', methods: ['PUT'] });
 * export default { fetch: withCors(() => new Response('hello')) };
 * ```
 */
export function cors<
  const Origin = unknown,
  const Credentials extends boolean | undefined = boolean,
  const Exposed = unknown,
>(
  options: FetchCorsOptions & LiteralOptions<Origin, Credentials, Exposed>,
): <Rest extends readonly unknown[]>(
  handler: FetchHandler<Rest>,
) => (request: Request, ...rest: Rest) => Promise<Response> {
  const corsHandler = createHandler<Request>(options, {
    lowerCase: false,
    hooks: ['onError'],
    warn,
  });
  const { onError } = options;
  return (handler) =>
    async (request, ...rest) => {
      const exchange = await openExchange(corsHandler, request, request, rest[0]);
      try {
        const { error, respond } = exchange.decision;
        if (error !== null) throw error;
        if (respond === null) return exchange.commit(await handler(request, ...rest));
        return exchange.commitWithoutBody(new Response(null, { status: respond }));
      } catch (error) {
        if (onError === undefined) throw error;
        return exchange.commit(await onError(error, request));
      } finally {
        exchange.close();
      }
    };
}
