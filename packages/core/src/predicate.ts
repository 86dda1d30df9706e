/**
 * Functions of the user that the engine asks: they may answer later, fail, or answer nonsense. Every
 * failure grants nothing, and ends as an `Error` for the framework's error handling.
 */
import { describeValue } from './describe-value.js';

/**
 * A predicate (or a `policy` function) that did not answer as it must: it returned no boolean (no
 * `Cors` and not `false`), or threw something that is no error.
 *
 * @example
 * ```ts
 * import { CorsPredicateError, createCors } from '@cors/core';
 *
 * const cors = createCors({ origin: () => 'https://app.example.com' as unknown as boolean });
 * const headers = { origin: 'https://app.example.com' };
 * const decision = await cors.decide({ method: 'GET', headers });
 * console.log(decision.error instanceof CorsPredicateError); // true
 * ```
 */
export class CorsPredicateError extends Error {
  /** For recognising the error across copies of this package. */
  readonly code = 'ERR_CORS_PREDICATE';

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'CorsPredicateError';
  }
}

/**
 * What was thrown, as an error: itself if it is one. Anything else is wrapped, since frameworks take
 * `undefined` for success and `'route'` for an order.
 */
export function toError(thrown: unknown, thrower: string): Error {
  if (isError(thrown)) return thrown;
  const message = `${thrower} threw ${describeValue(thrown)}, which is no error.`;
  return new CorsPredicateError(message, { cause: thrown });
}

/** Whether a value is an error, of this realm or another. A hostile value is none. */
function isError(thrown: unknown): thrown is Error {
  try {
    return (
      (thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]') &&
      typeof (thrown as Error).message === 'string'
    );
  } catch {
    return false;
  }
}

/**
 * Asks a function and hands its answer on, at once if it answers at once.
 *
 * @param ask - Calls the user's function.
 * @param onAnswer - Gets the answer; must not throw.
 * @param onThrow - Gets what was thrown, or what the promise was rejected with.
 */
export function settle<Answer>(
  ask: () => unknown,
  onAnswer: (answer: unknown) => Answer | Promise<Answer>,
  onThrow: (thrown: unknown) => Answer | Promise<Answer>,
): Answer | Promise<Answer> {
  let answer: unknown;
  let isLater: boolean;
  try {
    answer = ask();
    isLater = isThenable(answer);
  } catch (thrown) {
    return onThrow(thrown);
  }
  return isLater ? Promise.resolve(answer).then(onAnswer, onThrow) : onAnswer(answer);
}

function isThenable(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}
