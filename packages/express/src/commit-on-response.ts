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
import type { Handling } from '@cors/core';
import { committingWriteHead, commitOnHead, putInForce } from '@cors/node';

/** Marks a `writeHead` that applies decisions, for copies of this package that share no module. */
const COMMITS: unique symbol = Symbol.for('@cors/express.commits') as never;

type WriteHead = ServerResponse['writeHead'] & { [COMMITS]?: true };

/** Node has an old name for the same function. */
const WRITE_HEAD_NAMES = ['writeHead', 'writeHeader'] as const;

/** What Express adds to a response. Another server's, as Connect's, lacks it. */
interface ExpressResponse extends ServerResponse {
  readonly app?: { readonly response?: object };
}

/** `commitOnHead` of `@cors/node`, for a response of Express. */
export function commitOnResponse(
  response: ServerResponse,
  handling: Handling,
  replaced: Parameters<typeof commitOnHead>[2],
): void {
  if (!commits(response)) installFor(response);
  if (commits(response)) putInForce(response, handling, replaced);
  // A `writeHead` stands before the inherited one. It may lead there, but need not: a middleware that
  // ran before us on the very first request has Node's own.
  else commitOnHead(response, handling, replaced);
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
  const writeHead: WriteHead = committingWriteHead(prototype.writeHead);
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
