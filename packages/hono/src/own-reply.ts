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

type Maker = (...parameters: unknown[]) => unknown;

/** Watches the replies that a context makes from now on, and tells how it made one, if it did. */
export function watchReplies(context: Context): (reply: Response) => OwnReply | undefined {
  let last: unknown;
  let own: OwnReply | undefined;
  for (const name of MAKERS) {
    // All of them are arrow functions, made for this context.
    const make = context[name] as Maker;
    const watched: Maker = (...parameters) => {
      last = make(...parameters);
      // As JSON, `null` is a body.
      own = name !== 'json' && (parameters[0] ?? null) === null ? 'empty' : 'in-place';
      return last;
    };
    context[name] = watched as never;
  }
  return (reply) => (reply === last ? own : undefined);
}
