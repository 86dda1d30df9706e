/**
 * From a request of Node to what is in force for its response, wherever that is kept.
 */
import type { Decision, Handler, Handling, LowerCaseCorsRequest } from '@cors/core';
import type { Commitment, Keeper, NodeResponse } from './commitment.js';

/** See `decideOnHead`. */
export function decideAndKeep<Req, Result>(
  keeper: Keeper,
  handler: Handler<Req>,
  request: LowerCaseCorsRequest,
  response: NodeResponse,
  context: Req,
  proceed: (decision: Decision) => Result,
): Result | Promise<Result> {
  const standing = keeper.find(response);
  const handling = handler.handle(request, context, standing?.handling);
  // No function is made for what is decided at once.
  if (handling instanceof Promise) {
    return handling.then((settled) => {
      putInForce(keeper, response, keeper.find(response), settled, handler.replaced);
      return proceed(settled.decision);
    });
  }
  putInForce(keeper, response, standing, handling, handler.replaced);
  return proceed(handling.decision);
}

/** Puts a decision in force, in place of the one that stands, if one does. */
export function putInForce(
  keeper: Keeper,
  response: NodeResponse,
  standing: Commitment | undefined,
  handling: Handling,
  replaced: Commitment['replaced'],
): void {
  if (standing === undefined) {
    keeper.keep(response, { handling, replaced, isDone: false });
  } else {
    standing.handling = handling;
    standing.replaced = replaced;
  }
}
