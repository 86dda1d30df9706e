/**
 * A decision on a response of a framework that gives each of them another prototype, as Express does:
 * once for itself, and again for each application that is mounted. After that an own property costs 2
 * to 6 µs, on every request. So one `writeHead` is put on the framework's prototype, for all responses
 * to inherit, and what is in force for each of them is kept beside it. A response without a decision
 * only passes through it.
 */
import type { ServerResponse } from 'node:http';
import type { Decision, Handler, LowerCaseCorsRequest } from '@cors/core';
import { ASIDE } from './commitment.js';
import { decideOnHead } from './commit-on-head.js';
import { committingWriteHead } from './committing-write-head.js';
import { decideAndKeep } from './decide-and-keep.js';

/** Marks a `writeHead` that applies decisions, for copies of this package that share no module. */
const COMMITS: unique symbol = Symbol.for('@cors/node.commits') as never;

type WriteHead = ServerResponse['writeHead'] & { [COMMITS]?: true };

/** Node has an old name for the same function. */
const WRITE_HEAD_NAMES = ['writeHead', 'writeHeader'] as const;

/**
 * `decideOnHead`, for a response whose prototype is the framework's to extend. Where that cannot be, or
 * the response has a `writeHead` of its own, it is `decideOnHead`.
 *
 * @param prototypeOf - The framework's prototype in the chain of a response; null where there is none.
 * It is not looked for again once responses of the same kind are known to inherit from it.
 * @param handler - The adapter's.
 * @param request - The request of Node, with the names of its headers in lower case.
 * @param response - Its response.
 * @param context - The framework's request, for predicates, choices and hooks.
 * @param proceed - What to do then; what it returns is returned.
 */
export function decideOnPrototype<Req, Response extends ServerResponse, Result>(
  prototypeOf: (response: Response) => ServerResponse | null,
  handler: Handler<Req>,
  request: LowerCaseCorsRequest,
  response: Response,
  context: Req,
  proceed: (decision: Decision) => Result,
): Result | Promise<Result> {
  // A `writeHead` of its own stands before the inherited one. It may lead there, but need not: a
  // middleware that ran before us on the very first request has wrapped Node's.
  return inheritsWriteHead(response, prototypeOf)
    ? decideAndKeep(ASIDE, handler, request, response, context, proceed)
    : decideOnHead(handler, request, response, context, proceed);
}

/** The prototypes that are known to lead to our `writeHead`. */
const leading = new WeakSet();

/**
 * Asked without loading a property of the response, which would take 0.5 µs: after the swap of its
 * prototype, each response is of a kind that V8 has not seen before.
 */
function inheritsWriteHead<Response extends ServerResponse>(
  response: Response,
  prototypeOf: (response: Response) => ServerResponse | null,
): boolean {
  if (Object.hasOwn(response, 'writeHead')) return false;
  const own = Object.getPrototypeOf(response) as ServerResponse;
  if (leading.has(own)) return true;
  const prototype = prototypeOf(response);
  if (prototype !== null && !commits(prototype)) install(prototype);
  if (!commits(response)) return false;
  leading.add(own);
  return true;
}

function commits(response: ServerResponse): boolean {
  return (response.writeHead as WriteHead)[COMMITS] === true;
}

function install(prototype: ServerResponse): void {
  // Only ever called as a method of a response.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { writeHead: original } = prototype;
  // A response with a commitment on itself has a `writeHead` of its own as well.
  const writeHead: WriteHead = committingWriteHead(original, prototype, ASIDE);
  writeHead[COMMITS] = true;
  for (const name of WRITE_HEAD_NAMES) {
    // As an assignment would, but one that a frozen prototype refuses without an error.
    const own = { value: writeHead, writable: true, enumerable: true, configurable: true };
    if (name in prototype) Reflect.defineProperty(prototype, name, own);
  }
}
