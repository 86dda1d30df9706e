/**
 * What is in force for which request of an application: the route's own policy, else that of the
 * innermost context that registered `cors`; for a preflight, that of the request it announces.
 *
 * Everything is decided in one hook of the root instance. Fastify gives a preflight to the route or
 * the not-found handler for OPTIONS, mostly the root's: hooks of the contexts further in, which the
 * announced request will meet, do not see it.
 */
import {
  announcedMethod,
  createHandler,
  type DecisionHook,
  type Handler,
  type HandlerSetup,
  inAgreement,
  inTurn,
  sharedWeakMap,
} from '@cors/core';
import { decideOnHead, warn } from '@cors/node';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { contextsOf, hasRoutesUnder } from './contexts.js';
import type { FastifyCorsOptions } from './options.js';
import { RouteTable } from './route-table.js';

type FastifyHandler = Handler<FastifyRequest>;

const SETUP: HandlerSetup = { lowerCase: true, warn };
const WITHOUT_CORS = createHandler<FastifyRequest>({ policy: () => false }, SETUP);

/** By the root instance, if `cors` was registered anywhere in the application. */
export const applications: WeakMap<FastifyInstance, Application> = sharedWeakMap(
  '@cors/fastify.applications',
);

/**
 * The application of an instance that registers `cors`.
 *
 * @throws an `Error` when it is the first to do so, and there are routes already.
 */
export function joinApplication(instance: FastifyInstance): Application {
  const contexts = contextsOf(instance);
  const root = contexts.at(-1) ?? instance;
  const standing = applications.get(root);
  if (standing !== undefined) return standing;
  if (hasRoutesUnder(instance.prefix, root)) throw new Error(ROUTES_BEFORE);
  const application = new Application(root);
  applications.set(root, application);
  for (const context of contexts) {
    // A context takes its parent's hooks over when it is made: these are made already.
    context.addHook('onRoute', function (route) {
      application.addRoute(this, route);
    });
  }
  root.addHook('onReady', (done) => {
    application.learnRoutes();
    done();
  });
  root.addHook('onRequest', (request, reply, done) => application.handle(request, reply, done));
  return application;
}

const ROUTES_BEFORE =
  'Routes that `cors` covers were added before it was registered: their own policies, and preflights ' +
  'for them, would be missed. Fix: write `await app.register(cors, options)` before the first route; ' +
  'without `await`, Fastify loads a plugin only after the routes that stand below it. A plugin with a ' +
  '`cors` of its own and no prefix is registered before all routes.';

class Application {
  readonly #root: FastifyInstance;
  readonly #routes: RouteTable<FastifyHandler>;
  /** Added, but not in the table yet. */
  readonly #added: { context: FastifyInstance; route: RouteOptions; url: string }[] = [];
  readonly #registered = new Map<FastifyInstance, FastifyHandler>();
  /** The routes' own policies: by context, since the hook for decisions is the context's. */
  readonly #own = new Map<FastifyInstance, Map<unknown, FastifyHandler>>();

  constructor(root: FastifyInstance) {
    this.#root = root;
    this.#routes = new RouteTable(root);
  }

  register(context: FastifyInstance, options: FastifyCorsOptions): void {
    const standing = this.#registered.get(context);
    const added = createHandler(options, SETUP);
    this.#registered.set(context, standing === undefined ? added : inTurn(standing, added));
  }

  addRoute(context: FastifyInstance, route: RouteOptions): void {
    // First of all: wrong options are refused where the route is written.
    this.#handlerOf(context, route.config);
    this.#added.push({ context, route, url: route.url });
  }

  /** Once the hooks `onRoute` that run after ours have left the routes as they are to be. */
  learnRoutes(): void {
    for (const { context, route, url } of this.#added.splice(0)) {
      const handler = this.#handlerOf(context, route.config);
      // Fastify goes on to use the same object for `/prefix/`, and does not tell.
      for (const each of new Set([url, route.url])) this.#routes.add(route, each, handler);
    }
  }

  /**
   * Decides, for whatever is sent as the reply; answers, or goes on: with the error, if the decision
   * failed.
   */
  handle(request: FastifyRequest, reply: FastifyReply, next: (error?: Error) => void): void {
    const handler = this.#handlerFor(request);
    if (handler === WITHOUT_CORS) {
      next();
      return;
    }
    void decideOnHead(handler, request.raw, reply.raw, request, ({ error, respond }) => {
      if (respond === null) next(error ?? undefined);
      // A limit of time may have passed.
      else if (!reply.sent) answer(reply, respond);
    });
  }

  #handlerFor(request: FastifyRequest): FastifyHandler {
    const everywhere = this.#registered.get(this.#root);
    const isOnlyOne = this.#registered.size === 1 && this.#own.size === 0;
    if (everywhere !== undefined && isOnlyOne) return everywhere;
    const method = announcedMethod(request.raw);
    if (method === null) return this.#handlerOf(request.server, request.routeOptions.config);
    this.learnRoutes();
    const found = this.#routes.find(method, request.raw);
    if (found.length > 0) return inAgreement(found, WITHOUT_CORS);
    if (request.is404) return this.#inherited(request.server);
    // A route for OPTIONS took it. Which not-found handler the announced request will meet, the
    // root's or that of a plugin around its address, Fastify does not tell.
    const around = [...this.#registered.keys()].filter(
      ({ prefix }) => prefix !== '' && request.raw.url?.startsWith(prefix) === true,
    );
    const candidates = [this.#root, ...around].map((context) => this.#inherited(context));
    return inAgreement(candidates, WITHOUT_CORS);
  }

  /** That of the route's own policy, else that of its context. */
  #handlerOf(context: FastifyInstance, config: RouteOptions['config']): FastifyHandler {
    const cors = config?.cors;
    if (cors === undefined) return this.#inherited(context);
    const own = this.#own.get(context) ?? new Map<unknown, FastifyHandler>();
    const known = own.get(cors);
    if (known !== undefined) return known;
    // Registrations may follow.
    const onDecision: DecisionHook<FastifyRequest> = (decision, request) =>
      this.#inherited(context).onDecision?.(decision, request);
    const handler = cors === false ? WITHOUT_CORS : createHandler(cors, { ...SETUP, onDecision });
    this.#own.set(context, own.set(cors, handler));
    return handler;
  }

  /** That of the innermost context around this one that registered `cors`. */
  #inherited(context: FastifyInstance): FastifyHandler {
    const registered = contextsOf(context).find((each) => this.#registered.has(each));
    return (registered && this.#registered.get(registered)) ?? WITHOUT_CORS;
  }
}

/** Answers without a body. Fastify sets the length, but for 204, which has none. */
function answer(reply: FastifyReply, status: number): void {
  // What an earlier hook meant for another body; two lengths on one reply desynchronise clients.
  for (const name of ['content-length', 'transfer-encoding']) {
    reply.removeHeader(name);
    reply.raw.removeHeader(name);
  }
  reply.code(status).send();
}
