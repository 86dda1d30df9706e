/**
 * A `writeHead` that applies the decision in force for its response, whatever the handler, another
 * middleware or an error handler set before, and in whichever way.
 */
import { commitDecision, type ResponseFields } from '@cors/core';
import type { Commitment, NodeResponse } from './commitment.js';
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

type WriteHead = (this: NodeResponse, ...parameters: unknown[]) => NodeResponse;

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
  reasonOrHeaders: unknown,
  headers: unknown,
): NodeResponse {
  // https://nodejs.org/api/http.html#responsewriteheadstatuscode-statusmessage-headers
  const reason = typeof reasonOrHeaders === 'string' ? reasonOrHeaders : undefined;
  const given = headers ?? (reason === undefined ? reasonOrHeaders : undefined);
  if (given === undefined || given === null) {
    commit(response, commitment);
    return write(response, commitment, inner, status, reason, undefined);
  }
  const joined = joinHeaders(response, given, commitment.handling.decision);
  if (joined !== null) return write(response, commitment, inner, status, reason, joined);
  const before: FieldsBefore = new Map();
  try {
    if (!foldHeaders(response, given, before))
      return write(response, commitment, inner, status, reason, given);
    commit(response, commitment);
    return write(response, commitment, inner, status, reason, undefined);
  } catch (error) {
    restoreFields(response, before);
    throw error;
  }
}

function commit(response: NodeResponse, { handling, replaced }: Commitment): void {
  replaced(commitDecision(handling.decision, response, fields));
}

function write(
  response: NodeResponse,
  commitment: Commitment,
  inner: WriteHead,
  status: unknown,
  reason: string | undefined,
  given: unknown,
): NodeResponse {
  const written =
    reason === undefined
      ? inner.call(response, status, given)
      : inner.call(response, status, reason, given);
  commitment.isDone = true;
  return written;
}
