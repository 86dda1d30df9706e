/**
 * A decision on a web-standard `Response`: on a copy, or on one that was made for this request alone.
 *
 * A copy is always right, but a server may send it far slower: `@hono/node-server` sends a reply that
 * was made of a string without a stream, its copy with one. What a framework made for the request may
 * therefore be changed in place. A handler may keep such a reply and give it to later requests, which
 * must not be shown what the first was granted: it is remembered that it was changed.
 */
import {
  commitDecision,
  CORS_RESPONSE_FIELDS,
  type Decision,
  type Handler,
  type ResponseFields,
} from '@cors/core';

type Replaced = Handler<never>['replaced'];

const fields: ResponseFields<Headers> = {
  get: (headers, name) => headers.get(name),
  set: (headers, name, value) => {
    headers.set(name, value);
  },
  remove: (headers, name) => {
    headers.delete(name);
  },
  // On Node, to look for seven in vain takes 1.4 µs, and to go through a few that there are 0.1.
  names: (headers) => {
    const names: string[] = [];
    headers.forEach((_, name) => names.push(name));
    return names;
  },
};

/** Applies a decision to headers that belong to nobody else, and can be changed. */
export function commitOnHeaders(headers: Headers, decision: Decision, replaced: Replaced): void {
  replaced(commitDecision(decision, headers, fields));
}

/**
 * The reply with the decision applied. It is always a new one: the handler's may be immutable (a
 * redirect, a proxied fetch), be given to other requests too, or, on `@hono/node-server`, have the very
 * `Headers` that others were made with. The body is passed on unread.
 *
 * @param begun - {@link changesInPlace} when the request came in.
 */
export function commitOnResponse(
  response: Response,
  begun: number,
  decision: Decision,
  replaced: Replaced,
): Response {
  // What is no reply: a runtime's own sign that it took the request over (`undefined`), an upgrade
  // (with a socket that a copy would lose), and a network error.
  const status = (response as Response | undefined)?.status;
  if (status === undefined || status === 101 || status === 0) return response;
  const own = withoutEarlierGrant(response, begun);
  const reply = new Response(own.body, own);
  commitOnHeaders(reply.headers, decision, replaced);
  return reply;
}

/**
 * When a reply was changed in place: the number of such changes until then. It stands on the reply: a
 * weak map would leave an entry for each of them to the collector.
 */
const CHANGE: unique symbol = Symbol('@cors/fetch.change');
/** What a handler had set in the field that both it and the policy add to, before the change. */
const EXPOSED: unique symbol = Symbol('@cors/fetch.exposed');
const EXPOSE_HEADERS = 'Access-Control-Expose-Headers';
type MaybeChanged = Response & { [CHANGE]?: number; [EXPOSED]?: string };
let changes = 0;

/** How many replies have been changed in place. */
export function changesInPlace(): number {
  return changes;
}

/** Applies a decision to a reply that was made for this request alone, and has a body. */
export function commitInPlace(
  response: MaybeChanged,
  decision: Decision,
  replaced: Replaced,
): void {
  const { headers } = response;
  // Without a policy the fields are the application's, and stay.
  if (decision.reason !== 'no-policy') {
    const exposed = headers.get(EXPOSE_HEADERS);
    if (exposed !== null && response[CHANGE] === undefined) response[EXPOSED] = exposed;
    changes += 1;
    response[CHANGE] = changes;
  }
  commitOnHeaders(headers, decision, replaced);
}

/** The reply without what an earlier request was granted, that had its reply when this one `begun`. */
function withoutEarlierGrant(response: MaybeChanged, begun: number): Response {
  const { [CHANGE]: change, [EXPOSED]: exposed } = response;
  // A later change may be one for this very request, by an application mounted into this one.
  if (change === undefined || change > begun) return response;
  // The body of the one that was kept is needed again.
  const copy = response.clone();
  for (const name of CORS_RESPONSE_FIELDS) copy.headers.delete(name);
  if (exposed !== undefined) copy.headers.set(EXPOSE_HEADERS, exposed);
  return copy;
}
