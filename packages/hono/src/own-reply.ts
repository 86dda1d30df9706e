/**
 * Which replies may be changed: those that the context made, with `c.text()` and the like. They belong
 * to its request alone, as they carry what was prepared for it with `c.header()`. Any other `Response`
 * may be immutable (a redirect, a proxied fetch) or be given to other requests too, and is copied.
 *
 * To copy every reply would be right as well, and cost ten times as much as all the rest here:
 * `@hono/node-server` sends a reply that was made of a string without a stream, its copy with one.
 */
import type { Context } from 'hono';

const MAKERS = ['body', 'html', 'json', 'newResponse', 'text'] as const;

type Maker = (...parameters: unknown[]) => unknown;

/**
 * Watches the replies that a context makes from now on.
 *
 * @returns Whether a reply is the last that it made.
 */
export function watchReplies(context: Context): (reply: Response) => boolean {
  let last: unknown;
  for (const name of MAKERS) {
    // All of them are arrow functions, made for this context.
    const make = context[name] as Maker;
    const watched: Maker = (...parameters) => (last = make(...parameters));
    context[name] = watched as never;
  }
  return (reply) => reply === last;
}
