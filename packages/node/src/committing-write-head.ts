/**
 * A `writeHead` that applies the decision in force for its response, whatever the handler, another
 * middleware or an error handler set before, and in whichever way.
 */
import {
  commitDecision,
  type CorsResponseField,
  type Decision,
  type ResponseFields,
} from '@cors/core';
import type { Commitment, Keeper, NodeResponse } from './commitment.js';
import { type FieldsBefore, foldHeaders, restoreFields } from './fold-headers.js';
import { joinHeaders } from './join-headers.js';
import { isNodesWriteHead } from './nodes-write-head.js';

/** A response whose head is about to be written. */
interface Head {
  readonly response: NodeResponse;
  /** Looked up once: on Express, whose responses are all of different kinds to V8, each time costs 0.4 µs. */
  readonly setHeader: SetHeader;
}

type SetHeader = (this: NodeResponse, name: string, value: string) => unknown;

const fields: ResponseFields<Head> = {
  get: ({ response }, name) => response.getHeader(name),
  set: ({ response, setHeader }, name, value) => void setHeader.call(response, name, value),
  remove: ({ response }, name) => {
    response.removeHeader(name);
  },
  names: ({ response }) => response.getHeaderNames(),
};

type WriteHead = (this: NodeResponse, ...parameters: unknown[]) => NodeResponse;

/**
 * A `writeHead` that applies the decision in force for its response, if there is one, and then calls
 * the original.
 *
 * @param original - The `writeHead` to call in the end.
 * @param owner - What has it: a response, or the prototype of some.
 * @param keeper - Where what is in force is kept.
 */
export function committingWriteHead<Original extends NodeResponse['writeHead']>(
  original: Original,
  owner: NodeResponse,
  keeper: Keeper,
): Original {
  const inner = original as unknown as WriteHead;
  const isNodes = isNodesWriteHead(original, owner);
  // Parameters one by one: a list of them, taken apart and put together, costs 0.2 µs.
  function writeHead(
    this: NodeResponse,
    status: unknown,
    reason: unknown,
    headers: unknown,
  ): NodeResponse {
    const commitment = keeper.find(this);
    // An upgrade is no reply that a CORS check looks at; a head that is sent cannot be changed.
    if (commitment === undefined || commitment.isDone || status === 101)
      return inner.call(this, status, reason, headers);
    const written = commitAndWrite(this, commitment, inner, isNodes, status, reason, headers);
    keeper.done(this, commitment);
    return written;
  }
  return writeHead as unknown as Original;
}

/** Applies the decision to what was set before and to what is given, and writes the head. */
function commitAndWrite(
  response: NodeResponse,
  { handling, replaced }: Commitment,
  inner: WriteHead,
  isNodes: boolean,
  status: unknown,
  reasonOrHeaders: unknown,
  headers: unknown,
): NodeResponse {
  // https://nodejs.org/api/http.html#responsewriteheadstatuscode-statusmessage-headers
  const reason = typeof reasonOrHeaders === 'string' ? reasonOrHeaders : undefined;
  const given = headers ?? (reason === undefined ? reasonOrHeaders : undefined);
  const { decision } = handling;
  if (given === undefined || given === null) {
    replaced(commit(response, decision));
    return write(response, inner, status, reason, undefined);
  }
  const joined = isNodes ? joinHeaders(response, given, decision) : null;
  if (joined !== null) return write(response, inner, status, reason, joined);
  const before: FieldsBefore = new Map();
  try {
    if (!foldHeaders(response, given, before)) return write(response, inner, status, reason, given);
    replaced(commit(response, decision));
    return write(response, inner, status, reason, undefined);
  } catch (error) {
    restoreFields(response, before);
    keepStatus(response, status);
    throw error;
  }
}

/** Node takes the status in before it looks at headers, so that a reply to the error has it; HTTP/2 does not. */
function keepStatus(response: NodeResponse, status: unknown): void {
  if ('stream' in response || response.headersSent) return;
  if (Number.isInteger(status) && (status as number) >= 100 && (status as number) <= 999)
    response.statusCode = status as number;
}

function commit(response: NodeResponse, decision: Decision): CorsResponseField | null {
  // Only ever called as a method of the response.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { setHeader } = response;
  return commitDecision(decision, { response, setHeader }, fields);
}

function write(
  response: NodeResponse,
  inner: WriteHead,
  status: unknown,
  reason: string | undefined,
  given: unknown,
): NodeResponse {
  return reason === undefined
    ? inner.call(response, status, given)
    : inner.call(response, status, reason, given);
}
