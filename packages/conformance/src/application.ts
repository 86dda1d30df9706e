/**
 * The test application: what stands behind the CORS engine in every target, so that the same audits
 * can judge a server in any language. `application-routes.ts` lists its routes; an implementer writes these routes once, in whatever way a
 * real handler of that framework would, and mounts the CORS engine in front.
 *
 * Rules for all of them:
 * - The path decides, without its query. Methods do not matter unless a route says so: OPTIONS that
 *   reaches the application is answered like GET, HEAD like GET without the body.
 * - Every reply carries `X-Application`, with the route's path as it stands in this table, unless
 *   the route says otherwise. It is how an audit sees that a handler ran.
 * - In a `chosen` scenario the first path segment names the policy and is taken off before routing.
 *   A segment that names no policy chooses none (`false`) and stays where it is.
 * - A route whose capability the target has not is answered like an unknown path.
 * - The handler sets no CORS field and no `Vary` unless the route says so.
 */
import { applicationRoutes } from './application-routes.js';

/** The field that tells that the application's handler ran. */
export const applicationHeader = 'X-Application';

/** What `X-Application` holds on the 404 for an unknown path. */
export const unknownRoute = 'unknown';

/** The origin that handlers grant when they set CORS fields of their own: no scenario's policy holds it. */
export const handlerOrigin = 'https://handler.example';

/** The fixed fields that `/own-cors` sets. */
export const ownCorsFields: readonly (readonly [name: string, value: string])[] = [
  ['Access-Control-Allow-Origin', handlerOrigin],
  ['Access-Control-Allow-Credentials', 'true'],
  ['Access-Control-Allow-Methods', 'PATCH'],
  ['Access-Control-Allow-Headers', 'X-Handler'],
  ['Access-Control-Expose-Headers', 'X-Handler'],
  ['Access-Control-Max-Age', '1'],
];

/** What `/status/:code` sends besides the status, by code. */
export const statusFields: Readonly<
  Record<number, readonly (readonly [name: string, value: string])[]>
> = {
  201: [['Location', '/ok']],
  206: [['Content-Range', 'bytes 0-9/100']],
  301: [['Location', '/ok']],
  302: [['Location', '/ok']],
  303: [['Location', '/ok']],
  304: [['ETag', '"v1"']],
  307: [['Location', '/ok']],
  308: [['Location', '/ok']],
  401: [['WWW-Authenticate', 'Basic realm="application"']],
  405: [['Allow', 'GET']],
  429: [['Retry-After', '1']],
  503: [['Retry-After', '1']],
};

/** The route that a path leads to, with the parameter's value, if any. */
export interface RouteMatch {
  /** The route's path in the table. */
  readonly route: string;
  readonly parameter?: string;
}

/** Finds the route of a path (with or without query); `undefined` for an unknown one. */
export function matchRoute(path: string): RouteMatch | undefined {
  const end = path.indexOf('?');
  const pathname = end < 0 ? path : path.slice(0, end);
  if (!isDecodable(pathname)) return { route: '/malformed/%zz' };
  const status = /^\/status\/([2-5]\d\d)$/.exec(pathname)?.[1];
  if (status !== undefined) return { route: '/status/:code', parameter: status };
  const isFixed =
    !pathname.includes(':') && applicationRoutes.some(({ path: fixed }) => fixed === pathname);
  return isFixed ? { route: pathname } : undefined;
}

/** Takes the policy's name off a path of a `chosen` scenario. */
export function splitPolicyName(
  path: string,
  names: readonly string[],
): { readonly name: string | undefined; readonly path: string } {
  const name = /^\/([^/?]*)/.exec(path)?.[1] ?? '';
  if (!names.includes(name)) return { name: undefined, path };
  const rest = path.slice(name.length + 1);
  return { name, path: rest.startsWith('/') ? rest : `/${rest}` };
}

function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}
