/**
 * Where a response has what is in force for it, so that all adapters and all copies of this package in
 * the program find it.
 */
import type { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import { type CorsResponseField, type Handling, sharedWeakMap } from '@cors/core';

/** A response of `node:http` or `node:http2`. */
export type NodeResponse = ServerResponse | Http2ServerResponse;

/** What is in force for a response, and who is told of what had to give way. */
export interface Commitment {
  handling: Handling;
  replaced: (field: CorsResponseField | null) => void;
  /** Whether the head is written, and the decision on it. */
  isDone: boolean;
}

/** On the response itself: an entry in a weak map costs 0.7 µs a request, half of what Node takes. */
const COMMITMENT: unique symbol = Symbol.for('@cors/node.commitment') as never;

type CommittingResponse = NodeResponse & { [COMMITMENT]?: Commitment };

/**
 * Beside the response, for those of Express: it swaps the prototype of each, after which V8 makes a
 * hidden class of its own for every response that gets one more property. A symbol costs 2.9 µs there,
 * and even to look for one in vain 0.4; an entry here 0.4.
 */
export const commitmentsAside: WeakMap<NodeResponse, Commitment> =
  sharedWeakMap('@cors/node.commitments');

/** What is in force for the response, if an adapter put something in force. */
export function commitmentOf(response: CommittingResponse): Commitment | undefined {
  return response[COMMITMENT] ?? commitmentsAside.get(response);
}

/** Puts the first decision for a response in force. */
export function keepCommitment(response: CommittingResponse, commitment: Commitment): void {
  response[COMMITMENT] = commitment;
}
