/**
 * Requests that carry `Origin` and yet are no CORS requests: every same-origin POST does, and so do
 * navigations and WebSockets. Nothing is granted to them, and nothing is denied either: the browser
 * asks for no grant, so calling it a denial would only mislead who reads the log.
 *
 * What is read here can be forged by whoever is no browser, so it never decides a grant.
 *
 * @see https://fetch.spec.whatwg.org/#append-a-request-origin-header
 * @see https://w3c.github.io/webappsec-fetch-metadata/
 */
import type { FieldReader } from './header-map.js';

/**
 * Modes in which the browser neither asks for a grant nor keeps anything from anybody. `no-cors` is
 * not among them: a page of another origin chose it, and gets no more to read than after a denial.
 */
const MODES_WITHOUT_CORS: ReadonlySet<string> = new Set(['navigate', 'websocket', 'same-origin']);

/** Why the request is no CORS request, as far as it tells; null when it seems to be one. */
export function nonCorsReason(
  origin: string | null,
  headers: unknown,
  read: FieldReader,
): 'same-origin' | 'not-cors-mode' | null {
  const site = read(headers, 'sec-fetch-site');
  if (site === 'same-origin') return 'same-origin';
  const mode = read(headers, 'sec-fetch-mode');
  if (typeof mode === 'string' && MODES_WITHOUT_CORS.has(mode)) return 'not-cors-mode';
  // A browser that sends either of them has answered; older ones, and plain http:, send neither.
  if (site !== undefined || mode !== undefined || origin === null) return null;
  const host = read(headers, 'host') ?? read(headers, ':authority');
  return typeof host === 'string' && host !== '' && isOriginOfHost(origin, host)
    ? 'same-origin'
    : null;
}

/** Whether the origin's host and port are those that the request was sent to. */
function isOriginOfHost(origin: string, host: string): boolean {
  const start = origin.indexOf('://') + 3;
  return start > 2 && origin.length - start === host.length && origin.endsWith(host);
}
