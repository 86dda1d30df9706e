/**
 * Whether a `writeHead` is Node's own: any other one, of a middleware that ran before us or of a platform's
 * response, is made for what people pass to it, and that is hardly ever a flat list.
 */
import type { NodeResponse } from './commitment.js';

/**
 * Whether it is Node's own. The prototype is told by a method that no subclass, wrapper or mock has of its
 * own: what is asked here runs on edge runtimes as well, which have no `node:http` to be compared with.
 */
export function isNodesWriteHead(writeHead: unknown, response: NodeResponse): boolean {
  const prototype = nodesPrototype(response);
  return (
    prototype !== null && Object.hasOwn(prototype, 'writeHead') && prototype.writeHead === writeHead
  );
}

function nodesPrototype(response: object): { readonly writeHead?: unknown } | null {
  for (let object: object | null = response; object !== null; ) {
    if (Object.hasOwn(object, 'assignSocket')) return object;
    object = Object.getPrototypeOf(object) as object | null;
  }
  return null;
}
