/**
 * CORS for web-standard handlers: `Request` → `Response`.
 */
import { type AdapterOptions, createHandler, type LiteralOptions } from '@cors/core';
import {
  commitOnResponse,
  handlingOf,
  putInForce,
  toCorsRequest,
  withdraw,
} from './commit-on-response.js';
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
  const { handle, replaced } = createHandler<Request>(options, {
    lowerCase: false,
    hooks: ['onError'],
    warn,
  });
  const { onError } = options;
  return (handler) =>
    async (request, ...rest) => {
      const earlier = handlingOf(request);
      try {
        const handling = await handle(toCorsRequest(request), request, earlier);
        putInForce(request, handling);
        const { decision } = handling;
        // A wrapper further in may put another decision in force.
        const reply = (response: Response): Response =>
          commitOnResponse(response, handlingOf(request)?.decision ?? decision, replaced);
        try {
          if (decision.error !== null) throw decision.error;
          if (decision.respond !== null) return reply(answer(decision.respond));
          return reply(await handler(request, ...rest));
        } catch (error) {
          if (onError === undefined) throw error;
          return reply(await onError(error, request));
        }
      } finally {
        // The same request, handled again, is decided about again.
        if (earlier === undefined) withdraw(request);
      }
    };
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-8.6-8 */
function answer(status: number): Response {
  const headers: Record<string, string> = status === 204 ? {} : { 'Content-Length': '0' };
  return new Response(null, { status, headers });
}
