/**
 * Which route a request reaches that is only announced: Fastify's own router does not tell. The table
 * is a router of the same kind, filled with the same routes.
 *
 * @see https://fastify.dev/docs/latest/Reference/Routes/#constraints
 */
import { announcesHeader } from '@cors/core';
import findMyWay, { type HTTPMethod, type HTTPVersion, type Instance } from 'find-my-way';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';

/** Stands for all constraints of a route that a preflight does not tell. */
const UNTOLD = { name: 'untold', storage: () => new Map(), deriveConstraint: () => '' };

/** A router as the application's own, without any route. */
function routerLike({ initialConfig }: FastifyInstance): Instance<HTTPVersion> {
  // Fastify has judged the patterns already.
  const own = { allowUnsafeRegex: true, constraints: { untold: UNTOLD } };
  return findMyWay({ ...initialConfig, ...initialConfig.routerOptions, ...own });
}

/** Finds what was kept for the routes that an announced request may reach. */
export class RouteTable<Kept> {
  readonly #router: Instance<HTTPVersion>;
  /** What a preflight tells of, unless the application has a strategy of its own for it. */
  readonly #told: readonly string[];
  /** The values that routes ask for, of what may be met or not. */
  readonly #versions = new Set<unknown>();
  readonly #untold = new Set(['']);

  /** @param root - Without any route yet: any strategy that is there is the application's own. */
  constructor(root: FastifyInstance) {
    this.#told = ['host', 'version'].filter((name) => !root.hasConstraintStrategy(name));
    this.#router = routerLike(root);
  }

  add(route: RouteOptions, url: string, kept: Kept): void {
    const all = Object.entries<unknown>(route.constraints ?? {});
    const constraints = Object.fromEntries(all.filter(([name]) => this.#told.includes(name)));
    const untold = String(all.filter(([name]) => !this.#told.includes(name)));
    if (untold !== '') constraints['untold'] = untold;
    this.#untold.add(untold);
    if ('version' in constraints) this.#versions.add(constraints['version']);
    for (const method of [route.method].flat() as HTTPMethod[]) {
      const declared = this.#router.findRoute(method, url, constraints);
      if (declared === null) this.#router.on(method, url, { constraints }, () => undefined, [kept]);
      else (declared.store as Kept[]).push(kept);
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
    // A browser does not send the version in advance, only that there will be one. Without versions
    // the field is one like others.
    const isToCome = this.#versions.size > 0 && announcesHeader(preflight, 'accept-version');
    const versions = isToCome ? [...this.#versions] : [headers['accept-version']];
    return [...this.#untold].flatMap((untold) =>
      versions.flatMap((version) => {
        const found = this.#router.find(method as HTTPMethod, url, { host, version, untold });
        return (found?.store ?? []) as readonly Kept[];
      }),
    );
  }
}

/**
 * What tells whether an address is one of a context's, as the application's router would: its prefix may have
 * parameters.
 */
export function addressesBelow(context: FastifyInstance): (url: string) => boolean {
  const start = context.prefix.replace(/\/$/, '');
  if (start === '') return () => true;
  const router = routerLike(context);
  for (const pattern of [start, `${start}/*`]) router.on('GET', pattern, () => undefined);
  return (url) => router.find('GET', url) !== null;
}

/**
 * Whether there is a route below the prefix of a context. Fastify tells its routes as a tree in text
 * only: each line goes on where the line above it, with less before its branch, ends; a route has methods.
 */
export function hasRoutesBelow(context: FastifyInstance): boolean {
  const tree = context.printRoutes();
  const isBelow = addressesBelow(context);
  const path: string[] = [];
  const lines = tree.matchAll(/^([│ ]*)[├└]── (?:\(empty root node\)|(.*?)( \([A-Z, -]+\).*)?)$/gm);
  for (const [, before = '', part = '', methods] of lines) {
    path.splice(before.length / 4, Infinity, part);
    if (methods !== undefined && isBelow(path.join(''))) return true;
  }
  // In a form that is not known, it may tell of any routes.
  return path.length === 0 && tree !== '(empty tree)';
}
