/**
 * Several policies for one request: where more than one was registered, or more than one may be meant.
 */
import type { Handler } from './adapter.js';

/**
 * Several handlers as one, for a request that more than one policy may be meant for: each is asked,
 * with what the one before it put in force. It is theirs to agree, or to be in conflict.
 */
export function inTurn<Req>(first: Handler<Req>, ...others: readonly Handler<Req>[]): Handler<Req> {
  return others.reduce(
    (before, last): Handler<Req> => ({
      ...last,
      handle: (request, context, earlier) => {
        const handling = before.handle(request, context, earlier);
        return handling instanceof Promise
          ? handling.then((settled) => last.handle(request, context, settled))
          : last.handle(request, context, handling);
      },
      onDecision: before.onDecision ?? last.onDecision,
    }),
    first,
  );
}

/**
 * Several handlers as one, where the request does not tell which of them is meant: they must agree.
 *
 * @param candidates - Those that may be meant; `none` where there are none.
 * @param none - What leaves a request without CORS. Asked last: a policy after it would overrule it.
 */
export function inAgreement<Req>(
  candidates: Iterable<Handler<Req>>,
  none: Handler<Req>,
): Handler<Req> {
  const distinct = new Set(candidates);
  if (distinct.delete(none)) distinct.add(none);
  const [first = none, ...others] = distinct;
  return inTurn(first, ...others);
}
