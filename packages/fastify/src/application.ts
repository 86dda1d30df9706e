/**
 * What is in force for which request of an application: the route's own policy, else that of the
 * innermost context that registered `cors`; for a preflight, that of the request it announces.
 *
 * Everything is decided in one hook of the root instance. Fastify gives a preflight to the route or
 * the not-found handler for OPTIONS, mostly the root's: hooks of the contexts further in, which the
 * announced request will meet, do not see it.
 */
import {
  createHandler,
  type DecisionHook,
  type Handler,
  type HandlerSetup,
  type Handling,
  isCors,
  sharedWeakMap,
} from '@cors/core';
import { commitOnHead, handlingOf, warn } from '@cors/node';
import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyCorsOptions, RouteCorsOptions } from './options.js';
import { type AddedRoute, RouteTable } from './route-table.js';

type Handlers = readonly Handler<FastifyRequest>[];

/** What a context registered: more than one, where `cors` was registered more than once. */
interface Registration {
  readonly handlers: Handlers;
  readonly onDecision: DecisionHook<FastifyRequest> | undefined;
}

/** What is known of a route; `own` is of its `config.cors`. */
interface KnownRoute {
  readonly context: FastifyInstance;
  readonly own: Handlers | undefined;
}

const SETUP: HandlerSetup = { lowerCase: true, warn };
const NO_HANDLERS: Handlers = [];
const NOTHING: Registration = { handlers: NO_HANDLERS, onDecision: undefined };

/** Where a route's compiled policy lies in its `config`, which Fastify copies for each route. */
const OWN: unique symbol = Symbol.for('@cors/fastify.own') as never;
type OwnConfig = Readonly<Partial<Record<typeof OWN, Handlers>>>;

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
  if (root.printRoutes() !== '(empty tree)') throw new Error(ROUTES_BEFORE);
  const application = new Application(root);
  applications.set(root, application);
  for (const context of contextsOf(instance)) {
    // A context takes its parent's hooks over when it is made: these are made already.
    context.addHook('onRoute', function (route) {
      application.addRoute(this, route);
    });
  }
  root.addHook('onRequest', (request, reply, done) => {
    application.handle(request, reply, done);
  });
  return application;
}

const ROUTES_BEFORE =
  'Routes were added before `cors` was registered: their own policies, and preflights for them, would ' +
  'be missed. Fix: write `await app.register(cors, options)` before the first route; without `await`, ' +
  'Fastify loads a plugin only after the routes that stand below it.';

/** The contexts that an instance lies in, from itself to the root: each inherits from the next. */
function contextsOf(instance: FastifyInstance): FastifyInstance[] {
  const contexts: FastifyInstance[] = [];
  let context: FastifyInstance = instance;
  while ('addHook' in context) {
    contexts.push(context);
    context = Object.getPrototypeOf(context) as FastifyInstance;
  }
  return contexts;
}

function rootOf(instance: FastifyInstance): FastifyInstance {
  return contextsOf(instance).at(-1) ?? instance;
}

class Application {
  readonly #root: FastifyInstance;
  readonly #routes: RouteTable<KnownRoute>;
  readonly #registrations = new Map<FastifyInstance, Registration>();
  #hasOwnPolicies = false;
  #lastAdded: (KnownRoute & { readonly cors: unknown }) | undefined;

  constructor(root: FastifyInstance) {
    this.#root = root;
    this.#routes = new RouteTable(root);
  }

  register(context: FastifyInstance, options: FastifyCorsOptions): void {
    const { handlers, onDecision } = this.#registrations.get(context) ?? NOTHING;
    this.#registrations.set(context, {
      handlers: [...handlers, createHandler(options, SETUP)],
      onDecision: onDecision ?? options.onDecision,
    });
  }

  addRoute(context: FastifyInstance, route: AddedRoute): void {
    const cors = route.config?.cors;
    const last = this.#lastAdded;
    // Fastify adds the HEAD of a GET by itself, right after it.
    const isSame = route.method === 'HEAD' && last?.cors === cors && last?.context === context;
    const own = isSame ? last.own : this.#compile(cors, context);
    if (own !== undefined) {
      this.#hasOwnPolicies = true;
      route.config = { ...route.config, [OWN]: own } as FastifyContextConfig;
    }
    this.#lastAdded = { context, own, cors };
    this.#routes.add(route, this.#lastAdded);
  }

  #compile(cors: RouteCorsOptions | undefined, context: FastifyInstance): Handlers | undefined {
    if (cors === undefined) return undefined;
    if (cors === false) return NO_HANDLERS;
    // Registrations may follow.
    const onDecision: DecisionHook<FastifyRequest> = (decision, request) =>
      this.#registered(context).onDecision?.(decision, request);
    const options = isCors(cors) ? { policy: cors } : cors;
    const isObject = typeof options === 'object' && (options as unknown) !== null;
    return [createHandler(isObject ? { onDecision, ...options } : options, SETUP)];
  }

  /**
   * Decides, for whatever is sent as the reply; answers, or goes on: with the error, if the decision
   * failed.
   */
  handle(request: FastifyRequest, reply: FastifyReply, next: (error?: Error) => void): void {
    const handlers = this.#handlersFor(request);
    const last = handlers.at(-1);
    if (last === undefined) {
      next();
      return;
    }
    const proceed = (handling: Handling): void => {
      commitOnHead(reply.raw, handling, last.replaced);
      const { error, respond } = handling.decision;
      if (respond === null) next(error ?? undefined);
      // A limit of time may have passed.
      else if (!reply.sent) answer(reply, respond);
    };
    let handling: Handling | Promise<Handling> | undefined = handlingOf(reply.raw);
    for (const { handle } of handlers) {
      handling =
        handling instanceof Promise
          ? handling.then((earlier: Handling) => handle(request.raw, request, earlier))
          : handle(request.raw, request, handling);
    }
    if (handling instanceof Promise) void handling.then(proceed);
    else if (handling !== undefined) proceed(handling);
  }

  #handlersFor(request: FastifyRequest): Handlers {
    const everywhere = this.#registrations.get(this.#root);
    if (everywhere !== undefined && this.#registrations.size === 1 && !this.#hasOwnPolicies) {
      return everywhere.handlers;
    }
    const { method, headers } = request.raw;
    const announced = headers['access-control-request-method'];
    if (method === 'OPTIONS' && announced !== undefined && headers.origin !== undefined) {
      const routes = this.#routes.find(announced, request.raw);
      // For a route that is not there, the not-found handler is the same for every method.
      if (routes.length === 0) return this.#registered(request.server).handlers;
      return allOf(routes.map(({ context, own }) => own ?? this.#registered(context).handlers));
    }
    const own = this.#hasOwnPolicies ? (request.routeOptions.config as OwnConfig)[OWN] : undefined;
    return own ?? this.#registered(request.server).handlers;
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

/**
 * Where several routes may be meant, all their policies are asked one after the other: it is theirs to
 * agree, or to be in conflict.
 */
function allOf(candidates: readonly Handlers[]): Handlers {
  const [first = NO_HANDLERS] = candidates;
  const handlers = new Set(candidates.flat());
  if (candidates.length === 1 || handlers.size === 0) return first;
  const isSomeWithout = candidates.some(({ length }) => length === 0);
  return isSomeWithout ? [...handlers, WITHOUT_CORS] : [...handlers];
}
