/**
 * One adapter's part in a request and its reply, from the decision to the moment when it is applied:
 * for this package, and for frameworks whose requests and responses are web-standard.
 */
import { type Decision, type Handler, type Handling, sharedWeakMap } from '@cors/core';
import { commitInPlace, commitOnResponse, type InForce, putInForce } from './commit-on-response.js';

const inForce = sharedWeakMap<Request, InForce>('@cors/fetch.inForce');

/**
 * Decides about a request, and puts the decision in force for it.
 *
 * @param handler - The adapter's.
 * @param request - The web-standard request.
 * @param context - The framework's request, for predicates, choices and hooks.
 *
 * @example
 * ```ts
 * import { createHandler } from '@cors/core';
 * import { openExchange, warn } from '@cors/fetch';
 *
 * const handler = createHandler<Request>({ origin: '*' }, { lowerCase: false, warn });
 *
 * async function serve(request: Request): Promise<Response> {
 *   const exchange = await openExchange(handler, request, request);
 *   try {
 *     const { error, respond } = exchange.decision;
 *     if (error !== null) throw error;
 *     return respond === null
 *       ? exchange.commit(new Response('hello'))
 *       : exchange.commitWithoutBody(new Response(null, { status: respond }));
 *   } finally {
 *     exchange.close();
 *   }
 * }
 * ```
 */
export function openExchange<Req>(
  handler: Handler<Req>,
  request: Request,
  context: Req,
): Exchange | Promise<Exchange> {
  const earlier = inForce.get(request);
  const corsRequest = { method: request.method, headers: new HeadersWithHost(request) };
  const handling = handler.handle(corsRequest, context, earlier?.handling);
  return handling instanceof Promise
    ? openLater(handler, request, earlier, handling)
    : new Exchange(request, handling, earlier, handler.replaced);
}

/** Apart, so that no function is made for what is decided at once, nor room for one. */
async function openLater(
  { replaced }: Handler<never>,
  request: Request,
  earlier: InForce | undefined,
  deciding: Promise<Handling>,
): Promise<Exchange> {
  return new Exchange(request, await deciding, earlier, replaced);
}

/** An exchange that is open until its adapter closes it. The decision can be applied afterwards, too. */
export class Exchange {
  readonly #request: Request;
  readonly #isOutermost: boolean;
  readonly #inForce: InForce;
  readonly #replaced: Handler<never>['replaced'];

  constructor(
    request: Request,
    handling: Handling,
    earlier: InForce | undefined,
    replaced: Handler<never>['replaced'],
  ) {
    this.#request = request;
    this.#isOutermost = earlier === undefined;
    this.#inForce = earlier ?? putInForce(handling);
    this.#replaced = replaced;
    if (earlier === undefined) inForce.set(request, this.#inForce);
    else earlier.handling = handling;
  }

  /**
   * The one in force: an adapter further in may have put another one in the place of this one's. Its
   * reason may be left open, see `Handling` of `@cors/core`.
   */
  get decision(): Decision {
    return this.#inForce.handling.decision;
  }

  /** To be called when whatever is further in is done. */
  close(): void {
    // The same request, handled again, is decided about again.
    if (this.#isOutermost) inForce.delete(this.#request);
  }

  /**
   * The reply with the decision applied: the same one where it is this request's alone and can be
   * changed, else a copy. Its body is passed on unread.
   *
   * @param response - The reply, whoever made it.
   * @param isOwn - Whether it is known to have been made for this request. Of others only those with a
   * body are taken for it.
   */
  commit(response: Response, isOwn = false): Response {
    return commitOnResponse(response, this.#inForce, this.#replaced, isOwn);
  }

  /**
   * Applies the decision to a reply of the adapter's own that has no body, whatever its fields were
   * prepared for.
   *
   * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.6-8
   */
  commitWithoutBody(response: Response): Response {
    const { headers, status } = response;
    // What is meant for another body; two lengths on one reply desynchronise clients.
    headers.delete('Transfer-Encoding');
    if (status === 204) headers.delete('Content-Length');
    else headers.set('Content-Length', '0');
    commitInPlace(response, this.#inForce, this.#replaced);
    return response;
  }
}

/** The headers of a request, with the host, which over HTTP/2 may stand in the URL alone. */
class HeadersWithHost {
  readonly #request: Request;

  constructor(request: Request) {
    this.#request = request;
  }

  get(name: string): string | null {
    const value = this.#request.headers.get(name);
    return value === null && name === 'host' ? hostOf(this.#request.url) : value;
  }
}

/**
 * The host of a request's URL, which is serialized, and has no credentials: to parse it once more would
 * cost a microsecond.
 *
 * @see https://fetch.spec.whatwg.org/#dom-request
 */
function hostOf(url: string): string {
  const start = url.indexOf('//') + 2;
  const length = url.slice(start).search(/[/?#]|$/);
  return url.slice(start, start + length);
}
