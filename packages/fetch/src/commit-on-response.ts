/**
 * A decision on a web-standard `Response`, and where the decision about a request is kept: for this
 * package, and for frameworks whose requests and responses are web-standard.
 */
import {
  commitDecision,
  type CorsRequest,
  type Decision,
  type Handling,
  type ResponseFields,
  sharedWeakMap,
} from '@cors/core';

/** Told which field of somebody else's had to give way, if any: a handler's `replaced`. */
type Replaced = (field: ReturnType<typeof commitDecision>) => void;

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
 * The request as a handler's `handle` takes it. Over HTTP/2 the host may stand in the URL alone.
 */
export function toCorsRequest(request: Request): CorsRequest {
  const get = (name: string): string | null =>
    request.headers.get(name) ?? (name === 'host' ? new URL(request.url).host : null);
  return { method: request.method, headers: { get } };
}

/** What an adapter put in force for the request, if one did. */
export function handlingOf(request: Request): Handling | undefined {
  return handlings.get(request);
}

/**
 * Puts a decision in force for a request, for adapters further out and further in: the last one put
 * in force is the one that all of them apply. The outermost adapter withdraws it in the end.
 *
 * @example
 * ```ts
 * import { createHandler } from '@cors/core';
 * import * as shared from '@cors/fetch';
 *
 * const { handle, replaced } = createHandler<Request>(
 *   { origin: '*' },
 *   { lowerCase: false, warn: shared.warn },
 * );
 *
 * async function serve(request: Request): Promise<Response> {
 *   const earlier = shared.handlingOf(request);
 *   try {
 *     const handling = await handle(shared.toCorsRequest(request), request, earlier);
 *     shared.putInForce(request, handling);
 *     return shared.commitOnResponse(new Response('hello'), handling.decision, replaced);
 *   } finally {
 *     if (earlier === undefined) shared.withdraw(request);
 *   }
 * }
 * ```
 */
export function putInForce(request: Request, handling: Handling): void {
  handlings.set(request, handling);
}

/**
 * Forgets what was put in force for a request: for the adapter that found nothing in force when the
 * request came in. The same request, handled again, is then decided about again.
 */
export function withdraw(request: Request): void {
  handlings.delete(request);
}

/** Applies a decision to headers that belong to nobody else, and can be changed. */
export function commitOnHeaders(headers: Headers, decision: Decision, replaced: Replaced): void {
  replaced(commitDecision(decision, headers, fields));
}

/**
 * The reply with the decision applied. It is always a new one: the handler's may be immutable (a
 * redirect, a proxied fetch), or be given to other requests too. The body is passed on unread.
 */
export function commitOnResponse(
  response: Response,
  decision: Decision,
  replaced: Replaced,
): Response {
  // What is no reply: a runtime's own sign that it took the request over (`undefined`), an upgrade
  // (with a socket that a copy would lose), and a network error.
  const status = (response as Response | undefined)?.status;
  if (status === undefined || status === 101 || status === 0) return response;
  const reply = new Response(response.body, response);
  commitOnHeaders(reply.headers, decision, replaced);
  return reply;
}
