/**
 * Which replies are changed in place: those that the context made for this request, with `c.text()`
 * and the like. Any other `Response` may be immutable (a redirect, a proxied fetch) or be given to
 * other requests too, and is copied.
 *
 * To copy every reply would be right as well, and cost ten times as much as all the rest here:
 * `@hono/node-server` sends a reply that was made of a string without a stream, its copy with one.
 *
 * A handler may keep a reply of the context, too (`memo ??= c.json(…)`), and give it to later requests,
 * which must not be shown what the first was granted. One without a body, whose copy costs little, is
 * therefore copied; of any other it is remembered that it was changed.
 */
import { CORS_RESPONSE_FIELDS, type Decision, type Handler } from '@cors/core';
import { commitOnHeaders, commitOnResponse } from '@cors/fetch';
import type { Context } from 'hono';

const MAKERS = ['body', 'html', 'json', 'newResponse', 'text'] as const;

type Maker = (...parameters: unknown[]) => unknown;

/** Marks a reply that a handler wrote past Hono: `@hono/node-server` would send a copy of it as well. */
const ALREADY_SENT = 'x-hono-already-sent';

/** Gives the reply with the decision applied: the same, or a copy. */
type Commit = (
  reply: Response,
  decision: Decision,
  replaced: Handler<Context>['replaced'],
) => Response;

/** Watches the replies that a context makes from now on. */
export function watchReplies(context: Context): Commit {
  const begun = changes;
  let last: unknown;
  let isEmpty = false;
  for (const name of MAKERS) {
    // All of them are arrow functions, made for this context.
    const make = context[name] as Maker;
    const watched: Maker = (...parameters) => {
      last = make(...parameters);
      // As JSON, `null` is a body.
      isEmpty = (parameters[0] ?? null) === null && name !== 'json';
      return last;
    };
    context[name] = watched as never;
  }
  return (reply, decision, replaced) => {
    if (reply !== last) {
      if (reply.headers.has(ALREADY_SENT)) return reply;
      return commitOnResponse(withoutEarlierGrant(reply, begun), decision, replaced);
    }
    if (!isEmpty) {
      changed.set(reply, (changes += 1));
      commitOnHeaders(reply.headers, decision, replaced);
      return reply;
    }
    // Its `body` is not asked for: `@hono/node-server` would then send it the slow way.
    const copy = new Response(null, reply);
    commitOnHeaders(copy.headers, decision, replaced);
    return copy;
  };
}

/** When replies were changed in place: by the number of such changes until then. */
const changed = new WeakMap<Response, number>();
let changes = 0;

/** The reply without what an earlier request was granted, that had its reply when this one `begun`. */
function withoutEarlierGrant(reply: Response, begun: number): Response {
  const change = changed.get(reply);
  // A later change may be one for this very request, by an application mounted into this one.
  if (change === undefined || change > begun) return reply;
  // The body of the one that was kept is needed again.
  const copy = reply.clone();
  for (const name of CORS_RESPONSE_FIELDS) copy.headers.delete(name);
  return copy;
}
