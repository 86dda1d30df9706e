/**
 * Which route a request reaches that is only announced: Fastify's own router does not tell. The table
 * is a router of the same kind, filled with the same routes.
 *
 * @see https://fastify.dev/docs/latest/Reference/Routes/#constraints
 */
import { announcesHeader, type LowerCaseCorsRequest } from '@cors/core';
import findMyWay from 'find-my-way';
import type { FastifyInstance, RouteOptions } from 'fastify';

/** A route as the hook `onRoute` is given it. */
export type AddedRoute = RouteOptions & {
  readonly routePath: string;
  readonly path: string;
  readonly prefix: string;
};

/** The preflight that came in, as far as routing is concerned. */
interface RoutedRequest extends LowerCaseCorsRequest {
  readonly url?: string | undefined;
}

type Router = findMyWay.Instance<findMyWay.HTTPVersion>;
type Constraints = Readonly<Record<string, unknown>>;

/** Finds what was kept for the routes that an announced request may reach. */
export class RouteTable<Kept> {
  readonly #root: FastifyInstance;
  readonly #router: Router;
  /** Routes with constraints that the application brought itself: they may or may not be reached. */
  readonly #possible: Router;
  readonly #versions = new Set<string>();
  readonly #knownConstraints: readonly string[];
  #slashTwins: { readonly route: AddedRoute; readonly url: string; readonly kept: Kept }[] = [];

  constructor(root: FastifyInstance) {
    this.#root = root;
    this.#router = routerLike(root);
    this.#possible = routerLike(root);
    // A strategy of these names that is there before any route is not the one built in.
    this.#knownConstraints = ['host', 'version'].filter(
      (name) => !root.hasConstraintStrategy(name),
    );
  }

  add(route: AddedRoute, kept: Kept): void {
    this.#insert(route, route.url, kept);
    const { routePath, prefix, prefixTrailingSlash = 'both' } = route;
    if (routePath === '' && prefix !== '' && prefixTrailingSlash === 'both') {
      // If the plugin's `/` was added, `/prefix/` is a route too, which `onRoute` is not told of.
      this.#slashTwins.push({ route: { ...route }, url: `${prefix}/`, kept });
    }
  }

  /**
   * What was kept for the route; for several, where the preflight does not tell which one is meant.
   *
   * @param method - The announced method.
   * @param request - The preflight: it has the URL and the host of the request that it announces.
   */
  find(method: string, request: RoutedRequest): readonly Kept[] {
    const { url, headers } = request;
    for (const twin of this.#slashTwins.splice(0)) {
      const { method: methods, constraints = {} } = twin.route;
      const [first = ''] = [methods].flat();
      const isThere = this.#root.hasRoute({ method: first, url: twin.url, constraints });
      if (isThere) this.#insert(twin.route, twin.url, twin.kept);
    }
    const found = new Set<Kept>();
    for (const version of this.#versionsMeant(request)) {
      const asSent = version === headers['accept-version'];
      const fields = asSent ? headers : { ...headers, 'accept-version': version };
      for (const router of [this.#router, this.#possible]) {
        const kept: unknown = router.lookup(
          { method, url, headers: fields } as never,
          null as never,
        );
        for (const each of (kept ?? []) as readonly Kept[]) found.add(each);
      }
    }
    return [...found];
  }

  /** A browser does not send the value of `Accept-Version` in advance, only that there will be one. */
  #versionsMeant(request: RoutedRequest): Iterable<string | undefined> {
    const version = request.headers['accept-version'];
    const isToCome = version === undefined && announcesHeader(request, 'accept-version');
    return isToCome && this.#versions.size > 0 ? this.#versions : [version as string | undefined];
  }

  #insert(route: AddedRoute, url: string, kept: Kept): void {
    const constraints = Object.entries((route.constraints ?? {}) as Constraints);
    const known = constraints.filter(([name]) => this.#knownConstraints.includes(name));
    const router = known.length === constraints.length ? this.#router : this.#possible;
    const options = { constraints: Object.fromEntries(known) };
    const { version } = options.constraints;
    if (typeof version === 'string') this.#versions.add(version);
    for (const method of [route.method].flat() as findMyWay.HTTPMethod[]) {
      const declared = router.findRoute(method, url, options.constraints);
      if (declared === null) router.on(method, url, options, give, [kept]);
      else if (router === this.#possible) (declared.store as Kept[]).push(kept);
    }
  }
}

/** What a lookup comes to: the store of the route. */
function give(_: unknown, __: unknown, ___: unknown, store: unknown): unknown {
  return store;
}

/** A router that understands URLs as the application's does, without handlers of its own for errors. */
function routerLike({ initialConfig }: FastifyInstance): Router {
  const given = { ...initialConfig, ...initialConfig.routerOptions };
  const config = {
    caseSensitive: given.caseSensitive,
    ignoreDuplicateSlashes: given.ignoreDuplicateSlashes,
    ignoreTrailingSlash: given.ignoreTrailingSlash,
    maxParamLength: given.maxParamLength,
    useSemicolonDelimiter: given.useSemicolonDelimiter,
    // Fastify has judged the patterns already.
    allowUnsafeRegex: true,
    defaultRoute: () => undefined,
  };
  return findMyWay(config as findMyWay.Config<findMyWay.HTTPVersion>);
}
