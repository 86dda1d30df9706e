/**
 * One adapter's part in a request and its reply, from the decision to the moment when it is applied:
 * for this package, and for frameworks whose requests and responses are web-standard.
 */
import { type Decision, type Handler, type Handling, sharedWeakMap } from '@cors/core';
import type { NodeResponse } from '@cors/node';
import {
  changesInPlace,
  commitInPlace,
  commitOnHeaders,
  commitOnResponse,
} from './commit-on-response.js';
import { handlingFurtherOut, keepForHead, nodeResponseOf } from './node-response.js';

/**
 * One for all adapters of a request, further out and further in: each applies what the last one left.
 * A request that is handled twice at once has two; adapters further in find the one that was made last.
 */
interface InForce {
  handling: Handling;
  /** Where the decision waits for Node's own response: that one. */
  readonly onNode: NodeResponse | null;
}

const inForce = sharedWeakMap<Request, InForce>('@cors/fetch.inForce');

/**
 * Decides about a request, and puts the decision in force for it.
 *
 * @param handler - The adapter's.
 * @param request - The web-standard request.
 * @param context - The framework's request, for predicates, choices and hooks.
 * @param bindings - What the server passed beside the request. Where that is Node's own response, as with
 * `@hono/node-server`, the decision is applied when its head is written, and replies are left alone.
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
  bindings?: unknown,
): Exchange | Promise<Exchange> {
  const earlier = inForce.get(request);
  const corsRequest = { method: request.method, headers: new HeadersWithHost(request) };
  const onNode = earlier === undefined ? nodeResponseOf(request, bindings) : earlier.onNode;
  const standing = earlier?.handling ?? (onNode === null ? undefined : handlingFurtherOut(onNode));
  const handling = handler.handle(corsRequest, context, standing);
  return handling instanceof Promise
    ? openLater(handler, request, earlier, handling, onNode)
    : new OpenExchange(request, handling, earlier, handler.replaced, onNode);
}

/** Apart, so that no function is made for what is decided at once, nor room for one. */
async function openLater(
  { replaced }: Handler<never>,
  request: Request,
  earlier: InForce | undefined,
  deciding: Promise<Handling>,
  onNode: NodeResponse | null,
): Promise<Exchange> {
  return new OpenExchange(request, await deciding, earlier, replaced, onNode);
}

/**
 * What may be done with a reply that was made for the request, and for it alone: it may be changed in
 * place; or it is empty, so that its copy costs little.
 */
export type OwnReply = 'in-place' | 'empty';

/** An exchange that is open until its adapter closes it. The decision can be applied afterwards, too. */
export interface Exchange {
  /** Whether the decision waits for the head of Node's own response: then a reply needs nothing. */
  readonly isOnHead: boolean;
  /**
   * The one in force: an adapter further in may have put another one in the place of this one's. Its
   * reason may be left open, see `Handling` of `@cors/core`.
   */
  readonly decision: Decision;
  /** To be called when whatever is further in is done. */
  close(): void;
  /**
   * The reply with the decision applied. It is a new one, unless it may be changed in place, or left alone.
   *
   * @param response - The reply; of a handler, unless something else is known of it.
   * @param own - What is known of a reply that the framework made.
   */
  commit(response: Response, own?: OwnReply): Response;
  /**
   * Applies the decision to a reply of the adapter's own that has no body, whatever its fields were
   * prepared for.
   *
   * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.6-8
   */
  commitWithoutBody(response: Response): Response;
}

/** Apart from what others see of it: who has no types of Node need not have them for this. */
class OpenExchange implements Exchange {
  readonly #request: Request;
  readonly #isOutermost: boolean;
  readonly #inForce: InForce;
  readonly #replaced: Handler<never>['replaced'];
  readonly #begun: number = changesInPlace();

  constructor(
    request: Request,
    handling: Handling,
    earlier: InForce | undefined,
    replaced: Handler<never>['replaced'],
    onNode: NodeResponse | null,
  ) {
    this.#request = request;
    this.#isOutermost = earlier === undefined;
    this.#inForce = earlier ?? { handling, onNode };
    this.#replaced = replaced;
    if (earlier === undefined) inForce.set(request, this.#inForce);
    else earlier.handling = handling;
    if (onNode !== null) keepForHead(onNode, handling, replaced);
  }

  get isOnHead(): boolean {
    return this.#inForce.onNode !== null;
  }

  get decision(): Decision {
    return this.#inForce.handling.decision;
  }

  close(): void {
    // The same request, handled again, is decided about again.
    if (this.#isOutermost) inForce.delete(this.#request);
  }

  commit(response: Response, own?: OwnReply): Response {
    if (this.isOnHead) return response;
    // One that takes no property cannot be marked as changed.
    if (own === undefined || !Object.isExtensible(response)) {
      return commitOnResponse(response, this.#begun, this.decision, this.#replaced);
    }
    if (own === 'in-place') {
      commitInPlace(response, this.decision, this.#replaced);
      return response;
    }
    // It may be kept, and be given to a request that no adapter sees. Its `body` is not asked for:
    // `@hono/node-server` would then send it the slow way.
    const copy = new Response(null, response);
    commitOnHeaders(copy.headers, this.decision, this.#replaced);
    return copy;
  }

  commitWithoutBody(response: Response): Response {
    const { headers, status } = response;
    // What is meant for another body; two lengths on one reply desynchronise clients.
    headers.delete('Transfer-Encoding');
    if (status === 204) headers.delete('Content-Length');
    else headers.set('Content-Length', '0');
    if (!this.isOnHead) commitOnHeaders(headers, this.decision, this.#replaced);
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
