/**
 * CORS for web-standard handlers: `Request` → `Response`.
 */
import {
  type AdapterOptions,
  commitDecision,
  type CorsWarning,
  createHandler,
  type Decision,
  type Handling,
  type LiteralOptions,
  type ResponseFields,
  sharedWeakMap,
} from '@cors/core';

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

const handlings = sharedWeakMap<Request, Handling>('@cors/fetch.handlings');

const fields: ResponseFields<Headers> = {
  get: (headers, name) => headers.get(name),
  set: (headers, name, value) => {
    headers.set(name, value);
  },
  remove: (headers, name) => {
    headers.delete(name);
  },
};

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
      const earlier = handlings.get(request);
      try {
        const { decision } = await putInForce(handle(request, request, earlier), request);
        // A wrapper further in may put another decision in force.
        const reply = (response: Response): Response =>
          apply(handlings.get(request)?.decision ?? decision, response, replaced);
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
        if (earlier === undefined) handlings.delete(request);
      }
    };
}

async function putInForce(
  handling: Handling | Promise<Handling>,
  request: Request,
): Promise<Handling> {
  const settled = await handling;
  handlings.set(request, settled);
  return settled;
}

/** Shows a warning where every runtime shows them. */
function warn({ code, message }: CorsWarning): void {
  console.warn(`[${code}] ${message}`);
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-8.6-8 */
function answer(status: number): Response {
  const headers: Record<string, string> = status === 204 ? {} : { 'Content-Length': '0' };
  return new Response(null, { status, headers });
}

/**
 * The reply with the decision applied. It is always a new one: the handler's may be immutable (a
 * redirect, a proxied fetch), or be given to other requests too. The body is passed on unread.
 */
function apply(
  decision: Decision,
  response: Response,
  replaced: (field: ReturnType<typeof commitDecision>) => void,
): Response {
  // What is no reply: a runtime's own sign that it took the request over (`undefined`), an upgrade
  // (with a socket that a copy would lose), and a network error.
  const status = (response as Response | undefined)?.status;
  if (status === undefined || status === 101 || status === 0) return response;
  const reply = new Response(response.body, response);
  replaced(commitDecision(decision, reply.headers, fields));
  return reply;
}
