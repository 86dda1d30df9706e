/**
 * The contexts of an application, which Fastify makes for each plugin, and the routes in them.
 *
 * @see https://fastify.dev/docs/latest/Reference/Encapsulation/
 */
import type { FastifyInstance } from 'fastify';

/**
 * Whether there is a route below a prefix. Fastify tells its routes as a tree in text only: each line
 * goes on where the line above it, with less before its branch, ends.
 */
export function hasRoutesUnder(prefix: string, root: FastifyInstance): boolean {
  const path: string[] = [];
  const lines = root.printRoutes().split('\n');
  return lines.some((line) => {
    const [, before, part = ''] = /^([│ ]*)[├└]── (\S*)/.exec(line) ?? [];
    if (before === undefined) return line !== '' && line !== '(empty tree)';
    path.splice(before.length / 4, Infinity, part);
    return path.join('').startsWith(prefix);
  });
}

/** The contexts that an instance lies in, from itself to the root: each inherits from the next. */
export function contextsOf(instance: FastifyInstance): FastifyInstance[] {
  const around = Object.getPrototypeOf(instance) as FastifyInstance;
  return 'addHook' in around ? [instance, ...contextsOf(around)] : [instance];
}
