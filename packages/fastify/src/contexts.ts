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
  return root
    .printRoutes()
    .split('\n')
    .some((line) => {
      const [, before, part = ''] = /^([│ ]*)[├└]── (\S*)/.exec(line) ?? [];
      if (before === undefined) return line !== '' && line !== '(empty tree)';
      path.splice(before.length / 4, Infinity, part);
      return path.join('').startsWith(prefix);
    });
}

/** The contexts that an instance lies in, from itself to the root: each inherits from the next. */
export function contextsOf(instance: FastifyInstance): FastifyInstance[] {
  const contexts: FastifyInstance[] = [];
  let context: FastifyInstance = instance;
  while ('addHook' in context) {
    contexts.push(context);
    context = Object.getPrototypeOf(context) as FastifyInstance;
  }
  return contexts;
}

/** The instance that all others inherit from. */
export function rootOf(instance: FastifyInstance): FastifyInstance {
  return contextsOf(instance).at(-1) ?? instance;
}
