/**
 * Which route a request reaches that is only announced: Fastify's own router does not tell. The table
 * is a router of the same kind, filled with the same routes.
 *
 * @see https://fastify.dev/docs/latest/Reference/Routes/#constraints
 */
import { announcesHeader } from '@cors/core';
import findMyWay, { type HTTPMethod, type HTTPVersion, type Instance } from 'find-my-way';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';

type Router = Instance<HTTPVersion>;

/** Finds what was kept for the routes that an announced request may reach. */
export class RouteTable<Kept> {
  readonly #certain: Router;
  /** Routes with constraints that the application brought itself: they may or may not be reached. */
  readonly #possible: Router;
  readonly #versions = new Set<unknown>();
  readonly #knownConstraints: readonly string[];

  /** @param root - Without any route yet. */
  constructor(root: FastifyInstance) {
    this.#certain = routerLike(root);
    this.#possible = routerLike(root);
    // A strategy of these names that is there before any route is not the one built in.
    this.#knownConstraints = ['host', 'version'].filter(
      (name) => !root.hasConstraintStrategy(name),
    );
  }

  add(route: RouteOptions, url: string, kept: Kept): void {
    const constraints = Object.entries<unknown>(route.constraints ?? {});
    const known = constraints.filter(([name]) => this.#knownConstraints.includes(name));
    const router = known.length === constraints.length ? this.#certain : this.#possible;
    const options = { constraints: Object.fromEntries(known) };
    if ('version' in options.constraints) this.#versions.add(options.constraints['version']);
    for (const method of [route.method].flat() as HTTPMethod[]) {
      const declared = router.findRoute(method, url, options.constraints);
      if (declared === null) router.on(method, url, options, () => undefined, [kept]);
      else if (router === this.#possible) (declared.store as Kept[]).push(kept);
    }
  }

  /**
   * What was kept for the route; for several, where the preflight does not tell which one is meant.
   *
   * @param method - The announced method.
   * @param preflight - It has the URL and the host of the request that it announces.
   */
  find(method: string, preflight: FastifyRequest['raw']): readonly Kept[] {
    const { headers, url = '' } = preflight;
    const host = headers.host ?? headers[':authority'];
    return this.#versionsMeant(preflight).flatMap((version) =>
      [this.#certain, this.#possible].flatMap((router) => {
        const found = router.find(method as HTTPMethod, url, { host, version });
        return (found?.store ?? []) as readonly Kept[];
      }),
    );
  }

  /** A browser does not send the value of `Accept-Version` in advance, only that there will be one. */
  #versionsMeant(preflight: FastifyRequest['raw']): readonly unknown[] {
    // Without versions the field is one like others.
    if (this.#versions.size === 0) return [undefined];
    const version = preflight.headers['accept-version'];
    const isToCome = version === undefined && announcesHeader(preflight, 'accept-version');
    return isToCome ? [...this.#versions] : [version];
  }
}

/** A router that understands URLs as the application's does. */
function routerLike({ initialConfig }: FastifyInstance): Router {
  // Fastify has judged the patterns already.
  const own = { allowUnsafeRegex: true, constraints: {} };
  return findMyWay({ ...initialConfig, ...initialConfig.routerOptions, ...own });
}
