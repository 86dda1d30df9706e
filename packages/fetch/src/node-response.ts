/**
 * Node's own response behind a web-standard request. `@hono/node-server` makes the request of one of
 * Node's, and passes both of Node's objects beside it: to a handler as the second argument, in Hono as
 * `c.env`.
 *
 * A decision that waits for the head to be written there is on whatever is sent in the end, as on the other
 * adapters of Node; and the handler's `Response` is left alone, so that the server can send it its quickest way.
 */
import type { Handler, Handling } from '@cors/core';
import { commitOnHead, handlingOf, type NodeResponse } from '@cors/node';

/** What `@hono/node-server` passes beside a request. */
interface NodeBindings {
  readonly incoming?: object | null;
  readonly outgoing?: NodeResponse | null;
}

/**
 * The response of Node that will carry the reply to a request, or null.
 *
 * @param request - The web-standard request.
 * @param bindings - What the server passed beside it.
 */
export function nodeResponseOf(request: Request, bindings: unknown): NodeResponse | null {
  if (typeof bindings !== 'object' || bindings === null) return null;
  const { incoming, outgoing } = bindings as NodeBindings;
  if (!incoming || typeof outgoing?.writeHead !== 'function') return null;
  return isMadeOf(request, incoming) ? outgoing : null;
}

/** Under which symbol requests hold Node's: another version of the server has another one. */
let incomingKey: symbol | undefined;

/**
 * Whether the server made the request of this one of Node's. An application may hand on what was passed
 * beside it with a request of its own, whose reply is not what is sent.
 */
function isMadeOf(request: Request, incoming: object): boolean {
  if (incomingKey !== undefined && holds(request, incomingKey, incoming)) return true;
  incomingKey = Object.getOwnPropertySymbols(request).find((key) => holds(request, key, incoming));
  return incomingKey !== undefined;
}

function holds(request: Request, key: symbol, incoming: object): boolean {
  const own = request as unknown as Record<symbol, unknown>;
  return Object.hasOwn(own, key) && own[key] === incoming;
}

/** Tells what this package put in force from what an adapter of Node, further out, did. */
interface OfExchange extends Handling {
  readonly isOfExchange: true;
}

/** Puts a decision in force for the response, in place of any other. */
export function keepForHead(
  response: NodeResponse,
  { cors, decision }: Handling,
  replaced: Handler<never>['replaced'],
): void {
  const kept: OfExchange = { cors, decision, isOfExchange: true };
  commitOnHead(response, kept, replaced);
}

/** What an adapter of Node put in force for the response, before its server made a web-standard request. */
export function handlingFurtherOut(response: NodeResponse): Handling | undefined {
  const standing = handlingOf(response);
  // What an exchange left, that is over by now, says nothing: the request is handled again.
  return standing !== undefined && 'isOfExchange' in standing ? undefined : standing;
}
