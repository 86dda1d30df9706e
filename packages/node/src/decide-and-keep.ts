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
  if (handling instanceof Promise) {
    return keepLater(keeper, handler, handling, response, proceed);
  }
  putInForce(keeper, response, standing, handling, handler.replaced);
  return proceed(handling.decision);
}

/** Apart, so that no function is made for what is decided at once, nor room for one. */
async function keepLater<Req, Result>(
  keeper: Keeper,
  handler: Handler<Req>,
  deciding: Promise<Handling>,
  response: NodeResponse,
  proceed: (decision: Decision) => Result,
): Promise<Result> {
  const handling = await deciding;
  putInForce(keeper, response, keeper.find(response), handling, handler.replaced);
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
