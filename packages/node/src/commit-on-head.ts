/**
 * A decision on a Node response, applied when the head is written: whatever the handler, another
 * middleware or an error handler set before, and in whichever way, the reply leaves right.
 *
 * Only the response itself is touched (an own `writeHead`, and its old name `writeHeader`): Node's
 * prototypes are not. All else that writes a head calls `writeHead` of the response: `end`, `write`,
 * `flushHeaders` and pipes, over HTTP/1.1 and HTTP/2 alike.
 */
import type { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import {
  commitDecision,
  type Decision,
  type Handler,
  type Handling,
  type LowerCaseCorsRequest,
  type ResponseFields,
  sharedWeakMap,
} from '@cors/core';
import { type FieldsBefore, foldHeaders, restoreFields } from './fold-headers.js';

/** A response of `node:http` or `node:http2`. */
export type NodeResponse = ServerResponse | Http2ServerResponse;

/** What is in force for a response, and who is told of what had to give way. */
interface Commitment {
  handling: Handling;
  replaced: (field: ReturnType<typeof commitDecision>) => void;
}

const commitments = sharedWeakMap<NodeResponse, Commitment>('@cors/node.commitments');

const fields: ResponseFields<NodeResponse> = {
  get: (response, name) => response.getHeader(name),
  set: (response, name, value) => void response.setHeader(name, value),
  remove: (response, name) => {
    response.removeHeader(name);
  },
};

/** What an adapter put in force for the response, if one did. */
export function handlingOf(response: NodeResponse): Handling | undefined {
  return commitments.get(response)?.handling;
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
  if (!putInForce(response, handling, replaced)) return;
  // The original is only ever called as a method of the response.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const writeHead = committingWriteHead(response.writeHead);
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
  const commit = (handling: Handling): Result => {
    commitOnHead(response, handling, handler.replaced);
    return proceed(handling.decision);
  };
  const handling = handler.handle(request, context, handlingOf(response));
  return handling instanceof Promise ? handling.then(commit) : commit(handling);
}

/**
 * The first half of {@link commitOnHead}, for a framework whose responses inherit a `writeHead` made
 * by {@link committingWriteHead}: nothing is put on the response itself.
 *
 * @returns Whether this is the first decision for the response.
 */
export function putInForce(
  response: NodeResponse,
  handling: Handling,
  replaced: Commitment['replaced'],
): boolean {
  const standing = commitments.get(response);
  if (standing === undefined) {
    commitments.set(response, { handling, replaced });
    return true;
  }
  standing.handling = handling;
  standing.replaced = replaced;
  return false;
}

type WriteHead = (this: NodeResponse, ...parameters: never[]) => NodeResponse;

const wrapped = new WeakMap<WriteHead, WriteHead>();

/**
 * A `writeHead` that applies the decision in force for its response, if there is one, and then calls
 * the original. The same original gives the same function, so that no response needs one of its own.
 *
 * @param original - The `writeHead` to call in the end.
 */
export function committingWriteHead<Original extends NodeResponse['writeHead']>(
  original: Original,
): Original {
  const inner = original as unknown as WriteHead;
  let outer = wrapped.get(inner);
  if (outer === undefined) {
    outer = function writeHead(this: NodeResponse, ...parameters: never[]): NodeResponse {
      const before: FieldsBefore = new Map();
      try {
        return inner.apply(this, applyTo(this, parameters, before));
      } catch (error) {
        restoreFields(this, before);
        throw error;
      }
    };
    wrapped.set(inner, outer);
  }
  return outer as unknown as Original;
}

/** Applies the decision and gives what is left of the parameters for the original `writeHead`. */
function applyTo(response: NodeResponse, parameters: never[], before: FieldsBefore): never[] {
  const commitment = commitments.get(response);
  const [status, reason, headers] = parameters as readonly unknown[] as readonly [
    unknown,
    unknown?,
    unknown?,
  ];
  // An upgrade is no reply that a CORS check looks at; a head that is sent cannot be changed.
  if (commitment === undefined || status === 101 || response.headersSent) return parameters;
  // https://nodejs.org/api/http.html#responsewriteheadstatuscode-statusmessage-headers
  const hasReason = typeof reason === 'string';
  const given = hasReason ? headers : (headers ?? reason);
  if (!foldHeaders(response, given, before)) return parameters;
  const { handling, replaced } = commitment;
  replaced(commitDecision(handling.decision, response, fields));
  return (hasReason ? [status, reason] : [status]) as never[];
}
