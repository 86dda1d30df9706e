/**
 * What is in force for which request of an application: the route's own policy, else that of the
 * innermost context that registered `cors`; for a preflight, that of the request it announces.
 *
 * Everything is decided in one hook of the root instance. Fastify gives a preflight to the route or
 * the not-found handler for OPTIONS, mostly the root's: hooks of the contexts further in, which the
 * announced request will meet, do not see it.
 *
 * @see https://fastify.dev/docs/latest/Reference/Encapsulation/
 */
import { announcedMethod, createHandler, type Handler, inAgreement, inTurn } from '@cors/core';
import { decideOnHead, warn } from '@cors/node';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { FastifyCorsOptions } from './options.js';
import { addressesBelow, hasRoutesBelow, RouteTable } from './route-table.js';

type FastifyHandler = Handler<FastifyRequest>;

const SETUP = { lowerCase: true, warn };
const WITHOUT_CORS = createHandler<FastifyRequest>({ policy: () => false }, SETUP);

/** An application in which `cors` was registered, anywhere. */
export class Application {
  readonly #routes: RouteTable<FastifyHandler>;
  /** What covers routes that were added before the first `cors`: nothing is known of them. */
  readonly #late: readonly FastifyInstance[];
  /** The policies of contexts, from the root's on. */
  readonly #registered: Map<FastifyInstance, FastifyHandler>;
  /** Which addresses are those of a context that registered `cors`; the root is around all. */
  readonly #below = new Map<FastifyInstance, (url: string) => boolean>();
  /** The routes' own policies: by context, since the hook for decisions is the context's. */
  readonly #own = new Map<FastifyInstance, Map<unknown, FastifyHandler>>();

  /** @param instance - The first that registers `cors`. */
  constructor(instance: FastifyInstance) {
    const contexts = contextsAround(instance);
    const [root] = contexts;
    this.#routes = new RouteTable(root);
    this.#late = contexts.filter(hasRoutesBelow);
    this.#registered = new Map([[root, WITHOUT_CORS]]);
    const added: (() => void)[] = [];
    const addRoute = (context: FastifyInstance, route: RouteOptions): void => {
      const { url } = route;
      // First of all: wrong options are refused where the route is written.
      this.#handlerOf(context, route.config);
      added.push(() => {
        const handler = this.#handlerOf(context, route.config);
        // Fastify goes on to use the same object for `/prefix/`, and does not tell.
        for (const each of new Set([url, route.url])) this.#routes.add(route, each, handler);
      });
    };
    for (const context of contexts) {
      // A context takes its parent's hooks over when it is made: these are made already.
      context.addHook('onRoute', function (route) {
        addRoute(this, route);
      });
    }
    // By then, the hooks `onRoute` that run after ours have left the routes as they are to be.
    root.addHook('onReady', (done) => {
      for (const addToTable of added) addToTable();
      done();
    });
    root.addHook('onRequest', (...parameters) => this.handle(...parameters));
  }

  /**
   * Puts a policy in force for the routes of a context, and of those further in.
   *
   * @throws an `Error` when there were such routes before the first `cors`.
   */
  register(context: FastifyInstance, options: FastifyCorsOptions): void {
    if (this.#late.includes(context)) throw new Error(ROUTES_BEFORE);
    const standing = this.#registered.get(context) ?? WITHOUT_CORS;
    const handler = createHandler(options, SETUP);
    this.#below.set(context, addressesBelow(context));
    this.#registered.set(context, standing === WITHOUT_CORS ? handler : inTurn(standing, handler));
  }

  /**
   * Decides, for whatever is sent as the reply; answers, or goes on: with the error, if the decision
   * failed.
   */
  handle(request: FastifyRequest, reply: FastifyReply, next: (error?: Error) => void): void {
    const handler = this.#handlerFor(request);
    if (handler === WITHOUT_CORS) next();
    else
      void decideOnHead(handler, request.raw, reply.raw, request, ({ error, respond }) => {
        if (respond === null) next(error ?? undefined);
        // A limit of time may have passed.
        else if (!reply.sent) answer(reply, respond);
      });
  }

  #handlerFor(request: FastifyRequest): FastifyHandler {
    // With one policy for all, a preflight need not wait for the look-up of its route: 1 µs.
    const isOnlyOne = this.#registered.size === 1 && this.#own.size === 0;
    if (isOnlyOne) return this.#inherited(request.server);
    const method = announcedMethod(request.raw);
    if (method === null) return this.#handlerOf(request.server, request.routeOptions.config);
    const found = this.#routes.find(method, request.raw);
    if (found.length > 0) return inAgreement(found, WITHOUT_CORS);
    if (request.is404) return this.#inherited(request.server);
    // A route for OPTIONS took it. Which not-found handler the announced request will meet, the
    // root's or that of a plugin around its address, Fastify does not tell.
    const { url } = request;
    const around = [...this.#registered].filter(([at]) => this.#below.get(at)?.(url) ?? true);
    return inAgreement(new Map(around).values(), WITHOUT_CORS);
  }

  /** That of the route's own policy, else that of its context. */
  #handlerOf(context: FastifyInstance, config: RouteOptions['config']): FastifyHandler {
    const cors = config?.cors;
    if (cors === undefined) return this.#inherited(context);
    const own = this.#own.get(context) ?? new Map<unknown, FastifyHandler>();
    const known = own.get(cors);
    if (known !== undefined) return known;
    // Registrations may follow.
    const onDecision: FastifyHandler['onDecision'] = (decision, request) =>
      this.#inherited(context).onDecision?.(decision, request);
    const handler = cors === false ? WITHOUT_CORS : createHandler(cors, { ...SETUP, onDecision });
    this.#own.set(context, own.set(cors, handler));
    return handler;
  }

  /** That of the innermost context around this one that registered `cors`. */
  #inherited(context: FastifyInstance): FastifyHandler {
    const registered = this.#registered.get(context);
    return registered ?? this.#inherited(Object.getPrototypeOf(context) as FastifyInstance);
  }
}

/** The contexts that an instance lies in, from the root to itself: each inherits from the one before. */
export function contextsAround(instance: FastifyInstance): [FastifyInstance, ...FastifyInstance[]] {
  const around = Object.getPrototypeOf(instance) as FastifyInstance;
  return 'addHook' in around ? [...contextsAround(around), instance] : [instance];
}

const ROUTES_BEFORE =
  'Routes that `cors` covers were added before it was registered: their own policies, and preflights ' +
  'for them, would be missed. Fix: write `await app.register(cors, options)` before the first route; ' +
  'without `await`, Fastify loads a plugin only after the routes that stand below it. A plugin with a ' +
  '`cors` of its own and no prefix is registered before all routes.';

/** Answers without a body. Fastify sets the length, but for 204, which has none. */
function answer(reply: FastifyReply, status: number): void {
  // What an earlier hook meant for another body; two lengths on one reply desynchronise clients.
  for (const name of ['content-length', 'transfer-encoding']) {
    reply.removeHeader(name);
    reply.raw.removeHeader(name);
  }
  reply.code(status).send();
}
