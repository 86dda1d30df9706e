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
  type Handling,
  inTurn,
  isCors,
  sharedWeakMap,
} from '@cors/core';
import { commitOnHead, handlingOf, warn } from '@cors/node';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contextsOf, hasRoutesUnder, rootOf } from './contexts.js';
import type { FastifyCorsOptions, RouteCorsOptions } from './options.js';
import { type AddedRoute, RouteTable } from './route-table.js';

type FastifyHandler = Handler<FastifyRequest>;

/** What a context registered; undefined where nothing was, or where a route is to be left alone. */
interface Registration {
  readonly handler: FastifyHandler | undefined;
  readonly onDecision: DecisionHook<FastifyRequest> | undefined;
}

interface KnownRoute {
  readonly context: FastifyInstance;
  /** Its `config` is as the hooks that run after ours have left it. */
  readonly route: AddedRoute;
}

const SETUP: HandlerSetup = { lowerCase: true, warn };
const NOTHING: Registration = { handler: undefined, onDecision: undefined };

const applications = sharedWeakMap<FastifyInstance, Application>('@cors/fastify.applications');

/** The application of an instance, if `cors` was registered anywhere in it. */
export function applicationOf(instance: FastifyInstance): Application | undefined {
  return applications.get(rootOf(instance));
}

/**
 * The application of an instance that registers `cors`.
 *
 * @throws an `Error` when it is the first to do so, and there are routes already.
 */
export function joinApplication(instance: FastifyInstance): Application {
  const standing = applicationOf(instance);
  if (standing !== undefined) return standing;
  const root = rootOf(instance);
  if (hasRoutesUnder(instance.prefix, root)) throw new Error(ROUTES_BEFORE);
  const application = new Application(root);
  applications.set(root, application);
  for (const context of contextsOf(instance)) {
    // A context takes its parent's hooks over when it is made: these are made already.
    context.addHook('onRoute', function (route) {
      application.addRoute(this, route);
    });
  }
  root.addHook('onReady', (done) => {
    application.checkRoutes();
    done();
  });
  root.addHook('onRequest', (request, reply, done) => {
    application.handle(request, reply, done);
  });
  return application;
}

const ROUTES_BEFORE =
  'Routes that `cors` covers were added before it was registered: their own policies, and preflights ' +
  'for them, would be missed. Fix: write `await app.register(cors, options)` before the first route; ' +
  'without `await`, Fastify loads a plugin only after the routes that stand below it. A plugin with a ' +
  '`cors` of its own and no prefix is registered before all routes.';

class Application {
  readonly #root: FastifyInstance;
  readonly #routes: RouteTable<KnownRoute>;
  readonly #known: KnownRoute[] = [];
  readonly #registrations = new Map<FastifyInstance, Registration>();
  /** The routes' own policies: by context, since the hook for decisions is the context's. */
  readonly #compiled = new Map<FastifyInstance, Map<unknown, FastifyHandler>>();
  #hasOwnPolicies = false;

  constructor(root: FastifyInstance) {
    this.#root = root;
    this.#routes = new RouteTable(root);
  }

  register(context: FastifyInstance, options: FastifyCorsOptions): void {
    const { handler, onDecision } = this.#registrations.get(context) ?? NOTHING;
    const added = createHandler(options, SETUP);
    this.#registrations.set(context, {
      handler: handler === undefined ? added : inTurn(handler, added),
      onDecision: onDecision ?? options.onDecision,
    });
  }

  addRoute(context: FastifyInstance, route: AddedRoute): void {
    // First of all: wrong options are refused where the route is written.
    this.#handlerOf(context, route.config);
    const known = { context, route };
    this.#known.push(known);
    this.#routes.add(route, known);
  }

  /** A hook `onRoute` that runs after ours may have given routes other policies. */
  checkRoutes(): void {
    for (const { context, route } of this.#known) this.#handlerOf(context, route.config);
  }

  /**
   * Decides, for whatever is sent as the reply; answers, or goes on: with the error, if the decision
   * failed.
   */
  handle(request: FastifyRequest, reply: FastifyReply, next: (error?: Error) => void): void {
    const handler = this.#handlerFor(request);
    if (handler === undefined) {
      next();
      return;
    }
    const proceed = (handling: Handling): void => {
      commitOnHead(reply.raw, handling, handler.replaced);
      const { error, respond } = handling.decision;
      if (respond === null) next(error ?? undefined);
      // A limit of time may have passed.
      else if (!reply.sent) answer(reply, respond);
    };
    const handling = handler.handle(request.raw, request, handlingOf(reply.raw));
    if (handling instanceof Promise) void handling.then(proceed);
    else proceed(handling);
  }

  #handlerFor(request: FastifyRequest): FastifyHandler | undefined {
    const everywhere = this.#registrations.get(this.#root);
    if (everywhere !== undefined && this.#registrations.size === 1 && !this.#hasOwnPolicies) {
      return everywhere.handler;
    }
    const method = announcedMethod(request.raw);
    if (method === null) return this.#handlerOf(request.server, request.routeOptions.config);
    const routes = this.#routes.find(method, request.raw);
    if (routes.length > 0) {
      return allOf(routes.map(({ context, route }) => this.#handlerOf(context, route.config)));
    }
    if (request.is404) return this.#registered(request.server).handler;
    // A route for OPTIONS took it. Which not-found handler the announced request will meet, the
    // root's or that of a plugin around its address, Fastify does not tell.
    const around = [...this.#registrations.keys()].filter(
      ({ prefix }) => prefix !== '' && request.raw.url?.startsWith(prefix) === true,
    );
    return allOf([this.#root, ...around].map((context) => this.#registered(context).handler));
  }

  /** That of the route's own policy, else that of its context. */
  #handlerOf(
    context: FastifyInstance,
    config: AddedRoute['config'] | undefined,
  ): FastifyHandler | undefined {
    const cors = config?.cors;
    if (cors === undefined) return this.#registered(context).handler;
    this.#hasOwnPolicies = true;
    if (cors === false) return undefined;
    const compiled = this.#compiled.get(context) ?? new Map<unknown, FastifyHandler>();
    const known = compiled.get(cors);
    if (known !== undefined) return known;
    const handler = this.#compile(cors, context);
    this.#compiled.set(context, compiled.set(cors, handler));
    return handler;
  }

  #compile(cors: Exclude<RouteCorsOptions, false>, context: FastifyInstance): FastifyHandler {
    // Registrations may follow.
    const onDecision: DecisionHook<FastifyRequest> = (decision, request) =>
      this.#registered(context).onDecision?.(decision, request);
    const options = isCors(cors) ? { policy: cors } : cors;
    const isObject = typeof options === 'object' && (options as unknown) !== null;
    return createHandler(isObject ? { onDecision, ...options } : options, SETUP);
  }

  /** By the innermost context around this one that registered `cors`. */
  #registered(context: FastifyInstance): Registration {
    const registered = contextsOf(context).find((each) => this.#registrations.has(each));
    return (registered && this.#registrations.get(registered)) ?? NOTHING;
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

const WITHOUT_CORS = createHandler<FastifyRequest>({ policy: () => false }, SETUP);

/** Where several routes may be meant, all their policies are asked; last, that there should be none. */
function allOf(candidates: readonly (FastifyHandler | undefined)[]): FastifyHandler | undefined {
  const distinct = new Set(candidates);
  const isSomeWithout = distinct.delete(undefined);
  const [first, ...others] = distinct as Set<FastifyHandler>;
  if (first === undefined) return undefined;
  return inTurn(first, ...others, ...(isSomeWithout ? [WITHOUT_CORS] : []));
}
