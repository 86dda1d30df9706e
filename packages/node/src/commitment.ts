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

/** Where commitments are kept. */
export interface Keeper {
  readonly find: (response: NodeResponse) => Commitment | undefined;
  /** Keeps the first one for a response. */
  readonly keep: (response: NodeResponse, commitment: Commitment) => void;
  /** To be called when the head is written. */
  readonly done: (response: NodeResponse, commitment: Commitment) => void;
}

/** On the response itself: an entry in a weak map costs 0.7 µs a request, half of what Node takes. */
const COMMITMENT: unique symbol = Symbol.for('@cors/node.commitment') as never;

type CommittingResponse = NodeResponse & { [COMMITMENT]?: Commitment };

const aside: WeakMap<NodeResponse, Commitment> = sharedWeakMap('@cors/node.commitments');

/**
 * Beside the response, for those of Express: it swaps the prototype of each, after which V8 makes a
 * hidden class of its own for every response that gets one more property. A symbol costs 2.9 µs there,
 * and even to look for one in vain 0.4; an entry here 0.4, and 2.9 where it is left to the collector.
 */
export const ASIDE: Keeper = {
  find: (response) => aside.get(response),
  keep: (response, commitment) => void aside.set(response, commitment),
  done: (response) => void aside.delete(response),
};

/** What is in force for the response, wherever an adapter kept it. */
export function commitmentOf(response: CommittingResponse): Commitment | undefined {
  return response[COMMITMENT] ?? aside.get(response);
}

/** Keeps the first one on the response, which needs a `writeHead` that looks for it. */
export function keepOnResponse(response: CommittingResponse, commitment: Commitment): void {
  response[COMMITMENT] = commitment;
}
