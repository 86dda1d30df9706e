/**
 * Which replies a context made for its request, with `c.text()` and the like, and may be changed in
 * place. Any other `Response` may be immutable (a redirect, a proxied fetch) or be given to other
 * requests too, and is copied.
 *
 * To copy every reply would be right as well, and cost ten times as much as all the rest here.
 */
import type { OwnReply } from '@cors/fetch';
import type { Context } from 'hono';

const MAKERS = ['body', 'html', 'json', 'newResponse', 'text'] as const;

/** The replies that a context makes from now on, with what may be done with each. */
export function watchReplies(context: Context): ReadonlyMap<unknown, OwnReply> {
  const made = new Map<unknown, OwnReply>();
  for (const name of MAKERS) {
    // All of them are arrow functions, made for this context.
    const make = context[name] as (...parameters: unknown[]) => unknown;
    context[name] = ((...parameters: unknown[]): unknown => {
      const reply = make(...parameters);
      // As JSON, `null` is a body.
      made.set(reply, name !== 'json' && (parameters[0] ?? null) === null ? 'empty' : 'in-place');
      return reply;
    }) as never;
  }
  return made;
}
