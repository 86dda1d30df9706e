/**
 * A decision on a Node response, applied when the head is written: whatever the handler, another
 * middleware or an error handler set before, and in whichever way, the reply leaves right.
 *
 * Only the response itself is touched (an own `writeHead`, its old name `writeHeader`, and a symbol):
 * Node's prototypes are not. All else that writes a head calls `writeHead` of the response: `end`, `write`,
 * `flushHeaders` and pipes, over HTTP/1.1 and HTTP/2 alike.
 */
import {
  commitDecision,
  type Decision,
  type Handler,
  type Handling,
  type LowerCaseCorsRequest,
  type ResponseFields,
} from '@cors/core';
import { type Commitment, commitmentOf, keepCommitment, type NodeResponse } from './commitment.js';
import { type FieldsBefore, foldHeaders, restoreFields } from './fold-headers.js';
import { joinHeaders } from './join-headers.js';

const fields: ResponseFields<NodeResponse> = {
  get: (response, name) => response.getHeader(name),
  set: (response, name, value) => void response.setHeader(name, value),
  remove: (response, name) => {
    response.removeHeader(name);
  },
  names: (response) => response.getHeaderNames(),
};

/** What an adapter put in force for the response, if one did. */
export function handlingOf(response: NodeResponse): Handling | undefined {
  return commitmentOf(response)?.handling;
}

/**
 * Puts a decision in force for a response: it is applied when the head is written, after everything
 * that the handler does. A later call for the same response replaces the decision. Once the head is
 * sent, nothing happens.
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
  const standing = commitmentOf(response);
  if (standing !== undefined) {
    standing.handling = handling;
    standing.replaced = replaced;
    return;
  }
  keepCommitment(response, { handling, replaced, isDone: false });
  // The original is only ever called as a method of the response.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const writeHead = sharedWriteHead(response.writeHead);
  response.writeHead = writeHead;
  // HTTP/1.1 has an old name for the same function.
  if ('writeHeader' in response) response.writeHeader = writeHead;
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
  const handling = handler.handle(request, context, handlingOf(response));
  // No function is made for what is decided at once.
  if (handling instanceof Promise) {
    return handling.then((settled) => {
      commitOnHead(response, settled, handler.replaced);
      return proceed(settled.decision);
    });
  }
  commitOnHead(response, handling, handler.replaced);
  return proceed(handling.decision);
}

type WriteHead = (this: NodeResponse, ...parameters: unknown[]) => NodeResponse;

/** The same original gives the same function, so that no response needs one of its own. */
const wrapped = new WeakMap<NodeResponse['writeHead'], NodeResponse['writeHead']>();

function sharedWriteHead(original: NodeResponse['writeHead']): NodeResponse['writeHead'] {
  let writeHead = wrapped.get(original);
  if (writeHead === undefined) {
    writeHead = committingWriteHead(original, commitmentOf);
    wrapped.set(original, writeHead);
  }
  return writeHead;
}

/**
 * A `writeHead` that applies the decision in force for its response, if there is one, and then calls
 * the original.
 *
 * @param original - The `writeHead` to call in the end.
 * @param find - Finds what is in force.
 */
export function committingWriteHead<Original extends NodeResponse['writeHead']>(
  original: Original,
  find: (response: NodeResponse) => Commitment | undefined,
): Original {
  const inner = original as unknown as WriteHead;
  // Parameters one by one: a list of them, taken apart and put together, costs 0.2 µs.
  function writeHead(
    this: NodeResponse,
    status: unknown,
    reason: unknown,
    headers: unknown,
  ): NodeResponse {
    const commitment = find(this);
    // An upgrade is no reply that a CORS check looks at; a head that is sent cannot be changed.
    return commitment === undefined || commitment.isDone || status === 101
      ? inner.call(this, status, reason, headers)
      : commitAndWrite(this, commitment, inner, status, reason, headers);
  }
  return writeHead as unknown as Original;
}

/** Applies the decision to what was set before and to what is given, and writes the head. */
function commitAndWrite(
  response: NodeResponse,
  commitment: Commitment,
  inner: WriteHead,
  status: unknown,
  reason: unknown,
  headers: unknown,
): NodeResponse {
  // https://nodejs.org/api/http.html#responsewriteheadstatuscode-statusmessage-headers
  const hasReason = typeof reason === 'string';
  const given = hasReason ? headers : (headers ?? reason);
  const write = (fields?: unknown): NodeResponse => {
    const written = hasReason
      ? inner.call(response, status, reason, fields)
      : inner.call(response, status, fields);
    commitment.isDone = true;
    return written;
  };
  if (given === undefined || given === null) {
    commit(response, commitment);
    return write();
  }
  const joined = joinHeaders(response, given, commitment.handling.decision);
  if (joined !== null) return write(joined);
  const before: FieldsBefore = new Map();
  try {
    if (!foldHeaders(response, given, before)) return write(given);
    commit(response, commitment);
    return write();
  } catch (error) {
    restoreFields(response, before);
    throw error;
  }
}

function commit(response: NodeResponse, { handling, replaced }: Commitment): void {
  replaced(commitDecision(handling.decision, response, fields));
}
