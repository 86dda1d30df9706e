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

/**
 * Watches over the replies that a context makes from now on. Its methods are functions made for it
 * alone, of three parameters: lists of parameters and a loop over five names would cost 0.5 µs more.
 */
export function watchReplies(context: Context): LastReply {
  // Of replies before the last nothing is known: few handlers make two, and send the first.
  const last: LastReply = { reply: undefined, own: undefined };
  const makers = context as unknown as Record<
    'body' | 'html' | 'json' | 'newResponse' | 'text',
    Maker
  >;
  const { body, html, json, newResponse, text } = makers;
  makers.body = (data, arg, headers) => note(last, body(data, arg, headers), ownReplyOf(data));
  makers.html = (data, arg, headers) => note(last, html(data, arg, headers), ownReplyOf(data));
  // As JSON, `null` is a body.
  makers.json = (data, arg, headers) => note(last, json(data, arg, headers), 'in-place');
  makers.newResponse = (data, arg, headers) =>
    note(last, newResponse(data, arg, headers), ownReplyOf(data));
  makers.text = (data, arg, headers) => note(last, text(data, arg, headers), ownReplyOf(data));
  return last;
}

function note(last: LastReply, reply: unknown, own: OwnReply): unknown {
  last.own = own;
  return (last.reply = reply);
}

/** What may be done with a reply; undefined where the context did not make it. */
export function whatMayBeDone(last: LastReply, reply: unknown): OwnReply | undefined {
  return reply === last.reply ? last.own : undefined;
}

function ownReplyOf(data: unknown): OwnReply {
  return data === null || data === undefined ? 'empty' : 'in-place';
}
