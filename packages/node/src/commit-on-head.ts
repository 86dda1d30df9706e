/**
 * A decision on a Node response, applied when the head is written: the reply leaves right, whatever
 * happens to it until then.
 *
 * Only the response itself is touched (an own `writeHead`, its old name `writeHeader`, and a symbol):
 * Node's prototypes are not. All else that writes a head calls `writeHead` of the response: `end`, `write`,
 * `flushHeaders` and pipes, over HTTP/1.1 and HTTP/2 alike.
 */
import type { Decision, Handler, Handling, LowerCaseCorsRequest } from '@cors/core';
import {
  type Commitment,
  commitmentOf,
  type Keeper,
  keepOnResponse,
  type NodeResponse,
} from './commitment.js';
import { committingWriteHead } from './committing-write-head.js';
import { decideAndKeep, putInForce } from './decide-and-keep.js';

const ON_RESPONSE: Keeper = {
  find: commitmentOf,
  keep: (response, commitment) => {
    keepOnResponse(response, commitment);
    // The original is only ever called as a method of the response.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const writeHead = sharedWriteHead(response.writeHead, response);
    response.writeHead = writeHead;
    // HTTP/1.1 has an old name for the same function.
    if ('writeHeader' in response) response.writeHeader = writeHead;
  },
  done: (_, commitment) => {
    commitment.isDone = true;
  },
};

/** What an adapter put in force for the response, if one did. On Express, until its head is written. */
export function handlingOf(response: NodeResponse): Handling | undefined {
  return commitmentOf(response)?.handling;
}

/**
 * Puts a decision in force for a response: it is applied when the head is written, after everything
 * that the handler does. A later call for the same response replaces the decision. Once the head is
 * sent, it has no effect on the reply.
 *
 * @param response - The response, of `node:http` or `node:http2`.
 * @param handling - From the adapter's `Handler`.
 * @param replaced - Told which field of somebody else's had to give way, if any.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { createHandler } from '@cors/core';
 * import { commitOnHead, handlingOf } from '@cors/node';
 *
 * const handler = createHandler({ origin: '*' }, { lowerCase: true, warn: console.warn });
 * createServer(async (request, response) => {
 *   const handling = await handler.handle(request, request, handlingOf(response));
 *   commitOnHead(response, handling, handler.replaced);
 *   response.end('hello');
 * });
 * ```
 */
export function commitOnHead(
  response: NodeResponse,
  handling: Handling,
  replaced: Commitment['replaced'],
): void {
  putInForce(ON_RESPONSE, response, commitmentOf(response), handling, replaced);
}

/**
 * Decides about a request, puts the decision in force for its response, and goes on: at once, unless
 * the decision takes a promise.
 *
 * @param handler - The adapter's.
 * @param request - The request of Node, with the names of its headers in lower case.
 * @param response - Its response.
 * @param context - The framework's request, for predicates, choices and hooks.
 * @param proceed - What to do then; what it returns is returned.
 */
export function decideOnHead<Req, Result>(
  handler: Handler<Req>,
  request: LowerCaseCorsRequest,
  response: NodeResponse,
  context: Req,
  proceed: (decision: Decision) => Result,
): Result | Promise<Result> {
  return decideAndKeep(ON_RESPONSE, handler, request, response, context, proceed);
}

/** The same original gives the same function, so that no response needs one of its own. */
const wrapped = new WeakMap<NodeResponse['writeHead'], NodeResponse['writeHead']>();

function sharedWriteHead(
  original: NodeResponse['writeHead'],
  response: NodeResponse,
): NodeResponse['writeHead'] {
  let writeHead = wrapped.get(original);
  if (writeHead === undefined) {
    writeHead = committingWriteHead(original, response, ON_RESPONSE);
    wrapped.set(original, writeHead);
  }
  return writeHead;
}
