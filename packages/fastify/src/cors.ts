/**
 * CORS for Fastify: the plugin, and the same for replies that Fastify makes without running hooks.
 */
import { sharedWeakMap } from '@cors/core';
import type {
  FastifyError,
  FastifyInstance,
  FastifyPluginAsync,
  FastifyReply,
  FastifyRequest,
  RegisterOptions,
} from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { Application, contextsAround } from './application.js';
import type { FastifyCorsOptions } from './options.js';

/** By its root: several applications may share a server, one after the other, as where one is restarted. */
const applications = sharedWeakMap<object, Application>('@cors/fastify.applications');

/**
 * The plugin. Register it first, and wait for it: `await app.register(cors, options)`. Then the
 * headers are on every reply, and preflights are answered before any other hook asks for a login.
 *
 * Registered again inside another plugin, its policy is the one there. A route's own policy is its
 * `config.cors`. A failed predicate's error goes to Fastify's error handling.
 *
 * Registering fails with a `CorsConfigError` for options that cannot work or are dangerous, with all
 * problems; and when routes were added before, since nothing is known of them.
 *
 * @example
 * ```ts
 * import cors from '@cors/fastify';
 * import fastify from 'fastify';
 *
 * const app = fastify();
 * await app.register(cors, { origin: 'https://app.example.com', methods: ['PUT'] });
 * app.get('/', async () => 'hello');
 * await app.listen({ port: 3000 });
 * ```
 */
export const cors: FastifyPluginAsync<FastifyCorsOptions> = fastifyPlugin(
  // What it throws must be a rejection: Fastify does not catch what a plugin throws.
  // eslint-disable-next-line @typescript-eslint/require-await
  async (instance: FastifyInstance, options: FastifyCorsOptions & RegisterOptions) => {
    const own = { ...options };
    // Fastify's own options of a plugin stand among it.
    delete own.prefix;
    delete own.logLevel;
    delete own.logSerializers;
    const [root] = contextsAround(instance);
    const application = applications.get(root) ?? new Application(instance);
    applications.set(root, application);
    application.register(instance, own);
  },
  { fastify: '5.x', name: '@cors/fastify' },
);

/** Makes the reply for an error that Fastify meets before there is a route. */
export type FrameworkErrorHandler = (
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
) => unknown;

/**
 * For Fastify's option `frameworkErrors`: the headers are then on the replies to malformed URLs too,
 * for which Fastify runs no hooks. An error of a predicate is logged.
 *
 * @param handler - Makes the reply. Without it, that is the one that Fastify makes of any error.
 *
 * @example
 * ```ts
 * import cors, { withCors } from '@cors/fastify';
 * import fastify from 'fastify';
 *
 * const app = fastify({ frameworkErrors: withCors() });
 * await app.register(cors, { origin: 'https://app.example.com' });
 * ```
 */
export function withCors(
  handler: FrameworkErrorHandler = (error, _, reply) => reply.send(error),
  // Of any server, as HTTP/2: the option is typed by the one that the others ask for.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
): (error: FastifyError, request: any, reply: any) => void {
  return (error, request: FastifyRequest, reply: FastifyReply) => {
    const proceed = (failure?: Error): void => {
      if (failure !== undefined) request.log.error(failure);
      handler(error, request, reply);
    };
    const [root] = contextsAround(request.server);
    const application = applications.get(root);
    if (application === undefined) proceed();
    else application.handle(request, reply, proceed);
  };
}
