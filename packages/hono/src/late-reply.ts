/**
 * The reply to an error that passes through our middleware: a predicate's, or one of the application's
 * `notFound`. Hono makes it further out, with the application's error handler, and then either
 *
 * - sets `context.res`, where several handlers matched the request (`compose.ts`), or
 * - sends what `returned.then(…).catch(makeReply)` gives, where we alone did (`hono-base.ts`).
 *
 * Headers prepared with `c.header()` would do for neither: an error handler may return a `Response`
 * of its own, and set CORS fields of its own.
 */
import type { Context } from 'hono';

/** Has `commit` called when Hono sets the context's reply. */
export function commitLate(context: Context, commit: () => void): void {
  const prototype = Object.getPrototypeOf(context) as object;
  Object.defineProperty(context, 'res', {
    configurable: true,
    get: () => Reflect.get(prototype, 'res', context) as unknown,
    set: (reply: Response) => {
      // The context is as it was from here on.
      Reflect.deleteProperty(context, 'res');
      context.res = reply;
      commit();
    },
  });
}

/** Has the reply that Hono makes when `done` rejects go by way of `context.res`. */
export function sendingWhatWasCommitted(done: Promise<void>, context: Context): Promise<void> {
  // With more handlers Hono goes the other way. A `then` of its own costs a promise 1 µs.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- What replaces it is there from 4.8 on.
  if (context.req.matchedRoutes.length > 1) return done;
  const send = (reply: unknown): unknown => {
    // Not by `instanceof`: `@hono/node-server` has put a class of its own in the place of `Response`.
    if (!('headers' in Object(reply))) return reply;
    context.res = reply as Response;
    return context.res;
  };
  // Only for calls of `then`: an `await` does not look it up.
  const then: Promise<void>['then'] = (...handlers) => {
    const settled = Promise.prototype.then.apply(done, handlers) as Promise<never>;
    const catchError: Promise<unknown>['catch'] = (makeReply) => {
      const makeAndSend = makeReply && (async (error: unknown) => send(await makeReply(error)));
      return settled.then(undefined, makeAndSend);
    };
    return Object.assign(settled, { catch: catchError });
  };
  return Object.assign(done, { then });
}
