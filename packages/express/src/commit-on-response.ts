/**
 * When a decision is applied to an Express response: when its head is written, as on any response of
 * Node, but by a `writeHead` (and `writeHeader`, its old name) that all responses inherit.
 *
 * Express swaps the prototype of each response as it comes in, and again for each application that is
 * mounted. After that an own property costs 2 to 6 µs, on every request. So one `writeHead` is put on
 * `express.response`, which Express documents as its extension point; a response without a decision
 * only passes through it. `app.response` of one application would not do: an application that is
 * called as a function (vhost, lazy loading), or mounted in two others, has a chain without it.
 *
 * @see https://expressjs.com/en/guide/overriding-express-api.html
 */
import { ServerResponse } from 'node:http';
import type { Decision, Handler, Handling } from '@cors/core';
import { commitmentsAside, committingWriteHead, decideOnHead } from '@cors/node';
import type { Request } from 'express';

/** Marks a `writeHead` that applies decisions, for copies of this package that share no module. */
const COMMITS: unique symbol = Symbol.for('@cors/express.commits') as never;

type WriteHead = ServerResponse['writeHead'] & { [COMMITS]?: true };

/** Node has an old name for the same function. */
const WRITE_HEAD_NAMES = ['writeHead', 'writeHeader'] as const;

/** What Express adds to a response. Another server's, as Connect's, lacks it. */
interface ExpressResponse extends ServerResponse {
  readonly app?: { readonly response?: object };
}

/**
 * `decideOnHead` of `@cors/node`, for a response of Express.
 *
 * @param handler - The adapter's.
 * @param proceed - What to do when the decision is in force.
 */
export function decideOnResponse(
  handler: Handler<Request>,
  request: Request,
  response: ServerResponse,
  proceed: (decision: Decision) => void,
): void {
  // A `writeHead` of its own stands before the inherited one. It may lead there, but need not: a
  // middleware that ran before us on the very first request has wrapped Node's.
  if (!inheritsWriteHead(response)) {
    void decideOnHead(handler, request, response, request, proceed);
    return;
  }
  const handling = handler.handle(request, request, commitmentsAside.get(response)?.handling);
  if (handling instanceof Promise) {
    void handling.then((settled) => {
      putInForce(response, settled, handler.replaced);
      proceed(settled.decision);
    });
  } else {
    putInForce(response, handling, handler.replaced);
    proceed(handling.decision);
  }
}

function putInForce(
  response: ServerResponse,
  handling: Handling,
  replaced: Handler<never>['replaced'],
): void {
  const standing = commitmentsAside.get(response);
  if (standing === undefined) {
    commitmentsAside.set(response, { handling, replaced, isDone: false });
  } else {
    standing.handling = handling;
    standing.replaced = replaced;
  }
}

/** The prototypes (the `app.response` of applications) that are known to lead to our `writeHead`. */
const leading = new WeakSet();

/**
 * Asked without loading a property of the response, which would take 0.5 µs: after the swap of its
 * prototype, each response of Express is of a kind that V8 has not seen before.
 */
function inheritsWriteHead(response: ServerResponse): boolean {
  if (Object.hasOwn(response, 'writeHead')) return false;
  const prototype = Object.getPrototypeOf(response) as ServerResponse;
  if (leading.has(prototype)) return true;
  installFor(response);
  if (!commits(response)) return false;
  leading.add(prototype);
  return true;
}

function commits(response: ServerResponse): boolean {
  return (response.writeHead as WriteHead)[COMMITS] === true;
}

/** Once for each copy of Express in the program. */
function installFor(response: ExpressResponse): void {
  const prototype = expressPrototype(response.app?.response);
  if (prototype === null || commits(prototype)) return;
  // Only ever called as a method of a response.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { writeHead: original } = prototype;
  // A response with a commitment on itself has a `writeHead` of its own as well.
  const writeHead: WriteHead = committingWriteHead(original, (committed) =>
    commitmentsAside.get(committed),
  );
  writeHead[COMMITS] = true;
  for (const name of WRITE_HEAD_NAMES) {
    // As an assignment would, but one that a frozen prototype refuses without an error.
    const own = { value: writeHead, writable: true, enumerable: true, configurable: true };
    if (name in prototype) Reflect.defineProperty(prototype, name, own);
  }
}

/** `express.response`: what stands right before Node's prototype in the chain of any `app.response`. */
function expressPrototype(start: object | null | undefined): ServerResponse | null {
  for (let object = start ?? null; object !== null; ) {
    const next = Object.getPrototypeOf(object) as object | null;
    if (next === ServerResponse.prototype) return object as ServerResponse;
    object = next;
  }
  return null;
}
