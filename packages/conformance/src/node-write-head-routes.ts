/**
 * The routes of the test application that write the head in Node's raw forms, past `setHeader`: what
 * an adapter that only sets headers beforehand loses or overrules wrongly.
 *
 * https://nodejs.org/api/http.html#responsewriteheadstatuscode-statusmessage-headers
 */
import { applicationHeader, handlerOrigin } from './application.js';
import type { NodeResponse } from './node-messages.js';

/** Replies to one request; the route's path goes into `X-Application`. */
export type NodeWriteHeadRoute = (response: NodeResponse, route: string) => void;

type RawWriteHead = (status: number, ...rest: unknown[]) => unknown;

/** The handlers by their route's path, for one started application: it owns the shared headers. */
export function nodeWriteHeadRoutes(): ReadonlyMap<string, NodeWriteHeadRoute> {
  const shared = headersOf('/write-head/shared');
  const routes: readonly (readonly [string, NodeWriteHeadRoute])[] = [
    ['/write-head/object', (response, route) => finish(response, [headersOf(route)])],
    ['/write-head/flat', (response, route) => finish(response, [pairsOf(route).flat()])],
    ['/write-head/pairs', (response, route) => finish(response, [pairsOf(route)])],
    ['/write-head/reason', (response, route) => finish(response, ['Fine', headersOf(route)])],
    [
      '/write-head/after-set-header',
      (response, route) => {
        response.setHeader(applicationHeader, route);
        response.setHeader('Vary', 'Accept-Language');
        response.setHeader('X-Set', '1');
        response.setHeader('Set-Cookie', ['c=3']);
        finish(response, [headersOf(route)]);
      },
    ],
    ['/write-head/shared', (response) => finish(response, [shared])],
    [
      '/write-head/twice',
      (response, route) => {
        rawWriteHead(response)(200, headersOf(route));
        try {
          rawWriteHead(response)(202);
        } catch {
          // ERR_HTTP_HEADERS_SENT: the first head stands.
        }
        response.end('ok');
      },
    ],
    [
      '/write-head/status-only',
      (response, route) => {
        for (const [name, value] of Object.entries(headersOf(route)))
          response.setHeader(name, value);
        finish(response, []);
      },
    ],
  ];
  return new Map(routes);
}

function finish(response: NodeResponse, rest: readonly unknown[]): void {
  rawWriteHead(response)(200, ...rest);
  response.end('ok');
}

/** Called as a method, and looked up each time: an adapter may have put its own in its place. */
function rawWriteHead(response: NodeResponse): RawWriteHead {
  return (status, ...rest) => (response.writeHead as RawWriteHead).call(response, status, ...rest);
}

function headersOf(route: string): Record<string, string | string[]> {
  return {
    [applicationHeader]: route,
    Vary: 'Accept',
    'X-Own': '1',
    'Set-Cookie': ['a=1', 'b=2'],
    'Access-Control-Allow-Origin': handlerOrigin,
  };
}

function pairsOf(route: string): readonly (readonly [string, string])[] {
  return [
    [applicationHeader, route],
    ['Vary', 'Accept'],
    ['X-Own', '1'],
    ['Set-Cookie', 'a=1'],
    ['Set-Cookie', 'b=2'],
    ['Access-Control-Allow-Origin', handlerOrigin],
  ];
}
