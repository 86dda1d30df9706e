/**
 * Which replies a context made for its request, with `c.text()` and the like, and may be changed in
 * place. Any other `Response` may be immutable (a redirect, a proxied fetch) or be given to other
 * requests too, and is copied.
 *
 * To copy every reply would be right as well, and cost ten times as much as all the rest here.
 */
import type { OwnReply } from '@cors/fetch';
import type { Context } from 'hono';

type Maker = (data: unknown, arg: unknown, headers: unknown) => unknown;

/** The last reply that a context made, and what may be done with it. */
export interface LastReply {
  reply: unknown;
  own: OwnReply | undefined;
}

/** The methods that make replies. Others, as `redirect`, call these. */
const MAKERS = ['body', 'html', 'json', 'newResponse', 'text'] as const;

/** Watches over the replies that a context makes from now on. Its methods are functions made for it alone. */
export function watchReplies(context: Context): LastReply {
  // Of replies before the last nothing is known: few handlers make two, and send the first.
  const last: LastReply = { reply: undefined, own: undefined };
  const makers = context as unknown as Record<(typeof MAKERS)[number], Maker>;
  for (const name of MAKERS) makers[name] = noting(last, makers[name], name === 'json');
  return last;
}

/**
 * A maker that notes what it makes. All are one function to V8, which compiles it once: five of them cost
 * a young process ten microseconds a request more. Lists of parameters would cost 0.5.
 */
function noting(last: LastReply, make: Maker, isJson: boolean): Maker {
  return (data, arg, headers) => {
    const reply = make(data, arg, headers);
    // As JSON, `null` is a body.
    last.own = isJson || (data !== null && data !== undefined) ? 'in-place' : 'empty';
    return (last.reply = reply);
  };
}

/** What may be done with a reply; undefined where the context did not make it. */
export function whatMayBeDone(last: LastReply, reply: unknown): OwnReply | undefined {
  return reply === last.reply ? last.own : undefined;
}
