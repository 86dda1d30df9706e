/**
 * A decision on a web-standard `Response`: on the reply itself where it is this request's alone, else on
 * a copy of it.
 *
 * A copy is always right, but a server may send it far slower: `@hono/node-server` sends a reply that was
 * made of a string without a stream, its copy with one. So a reply with a body, which it can be read from
 * but once, is changed in place. Where it is kept and given to later requests all the same, they are not
 * shown what the first was granted: each reply is marked with the request that it was changed for.
 */
import {
  commitDecision,
  CORS_RESPONSE_FIELDS,
  type CorsResponseField,
  type Handler,
  type Handling,
  type ResponseFields,
} from '@cors/core';

type Replaced = Handler<never>['replaced'];

/**
 * One for all adapters of a request, further out and further in: each applies what the last one left.
 * A request that is handled twice at once has two; adapters further in find the one that was made last.
 */
export interface InForce {
  handling: Handling;
  /** How many replies had been changed when the request came in. */
  readonly begun: number;
  /** Which of all changes the last one for this request was; 0 before the first. */
  change: number;
}

/** What was in force for the request that a reply was changed for. A weak map would keep the collector busy. */
const IN_FORCE = Symbol('@cors/fetch.inForce');
type MaybeChanged = Response & { [IN_FORCE]?: InForce };
let changes = 0;

/** What is in force from now on. */
export function putInForce(handling: Handling): InForce {
  return { handling, begun: changes, change: 0 };
}

/** @see https://fetch.spec.whatwg.org/#null-body-status */
const NULL_BODY_STATUSES: ReadonlySet<number> = new Set([204, 205, 304]);

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

/**
 * The reply with the decision applied. A body is passed on unread.
 *
 * @param isOwn - Whether the reply is known to have been made for this request alone.
 */
export function commitOnResponse(
  response: Response,
  inForce: InForce,
  replaced: Replaced,
  isOwn: boolean,
): Response {
  // What is no reply: a runtime's own sign that it took the request over (`undefined`), an upgrade
  // (with a socket that a copy would lose), and a network error.
  const status = (response as Response | undefined)?.status;
  if (status === undefined || status === 101 || status === 0) return response;
  const { [IN_FORCE]: earlier } = response as MaybeChanged;
  const isThisRequests = earlier === undefined ? isOwn || hasBody(response) : earlier === inForce;
  if (isThisRequests && commitInPlace(response, inForce, replaced)) return response;
  const own = withoutEarlierGrant(response, earlier, inForce);
  const copy = new Response(NULL_BODY_STATUSES.has(status) ? null : own.body, own);
  commitInPlace(copy, inForce, replaced);
  return copy;
}

/**
 * Whether a reply has a body. One without may be given to any number of requests, also to some that no
 * adapter sees.
 */
function hasBody(response: Response): boolean {
  if (NULL_BODY_STATUSES.has(response.status)) return false;
  // A body is asked for only where nothing else tells of it, since `@hono/node-server` then sends the
  // reply the slow way, and Bun no more finds the type of a text.
  return response.headers.has('Content-Type') || response.body !== null;
}

/** Applies the decision to a reply of this request's alone. @returns Whether it could be changed. */
export function commitInPlace(response: Response, inForce: InForce, replaced: Replaced): boolean {
  // One that takes no mark is not to be changed either.
  if (!Object.isExtensible(response)) return false;
  let field: CorsResponseField | null;
  try {
    field = commitDecision(inForce.handling.decision, response.headers, fields);
  } catch {
    // A redirect or a proxied fetch is immutable; the first change fails.
    return false;
  }
  changes += 1;
  inForce.change = changes;
  (response as MaybeChanged)[IN_FORCE] = inForce;
  replaced(field);
  return true;
}

/** The reply without what another request was granted that had its reply before this one came in. */
function withoutEarlierGrant(
  response: Response,
  earlier: InForce | undefined,
  { begun }: InForce,
): Response {
  // A later change may be one for this very request, by an application mounted into this one.
  if (earlier === undefined || earlier.change > begun) return response;
  // The body of the one that was kept is needed again.
  const copy = response.clone();
  for (const name of CORS_RESPONSE_FIELDS) copy.headers.delete(name);
  return copy;
}
