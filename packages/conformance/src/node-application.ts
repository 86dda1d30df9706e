/**
 * The test application (see `application.ts`) for `node:http` and `node:http2`: what stands behind
 * the adapter of every target on node.
 */
import { applicationHeader, matchRoute, splitPolicyName, unknownRoute } from './application.js';
import type { ApplicationLogBook } from './application-log.js';
import type { NodeHandler, NodeRequest, NodeResponse } from './node-messages.js';
import { type NodeRouteContext, nodeRoutes } from './node-routes.js';
import { nodeWriteHeadRoutes } from './node-write-head-routes.js';

/** What the application shares with the target around it. */
export interface ApplicationOptions {
  /** What `/log` answers. */
  readonly log: ApplicationLogBook;
  /** The names of the policies of a `chosen` scenario: the first path segments to take off. */
  readonly policyNames?: readonly string[];
}

/**
 * The application as a handler, to mount behind the adapter. It throws and rejects where its routes
 * say so: mount `nodeErrorHandler`, or the framework's own, around it.
 */
export function nodeApplication({ log, policyNames = [] }: ApplicationOptions): NodeHandler {
  const writeHeadRoutes = nodeWriteHeadRoutes();
  return (request, response) => {
    const { path } = splitPolicyName(request.url ?? '/', policyNames);
    const match = matchRoute(path);
    const context: NodeRouteContext = {
      request,
      response,
      log,
      route: match?.route ?? unknownRoute,
      parameter: match?.parameter ?? '',
    };
    const writeHead = writeHeadRoutes.get(context.route);
    if (writeHead !== undefined) {
      writeHead(response, context.route);
      return;
    }
    const handler = nodeRoutes.get(context.route);
    response.setHeader(applicationHeader, handler === undefined ? unknownRoute : context.route);
    if (handler !== undefined) return handler(context);
    response.statusCode = 404;
    response.end('unknown path');
  };
}

/** What a server on node does about a handler's error: 500, or the end of the connection. */
export function nodeErrorHandler(error: unknown, response: NodeResponse): void {
  if (response.headersSent) {
    // An HTTP/2 stream that is destroyed with an error tells its listeners, and must have one.
    response.stream?.on('error', () => undefined);
    response.destroy(error instanceof Error ? error : new Error(String(error)));
    return;
  }
  response.statusCode = 500;
  response.end('internal error');
}

/** Runs a handler as a server does that has an error handler: for sync and async errors alike. */
export function runNodeHandler(
  handler: NodeHandler,
  request: NodeRequest,
  response: NodeResponse,
): void {
  const run = async (): Promise<void> => handler(request, response);
  run().catch((error: unknown) => nodeErrorHandler(error, response));
}
