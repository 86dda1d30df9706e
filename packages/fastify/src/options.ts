/**
 * What a person writes: the plugin's options, and a route's `config.cors`.
 */
import type { AdapterOptions, Cors } from '@cors/core';
import type { FastifyRequest } from 'fastify';

/** Options of the plugin: the CORS options, or `{ policy }`; with `onDecision`, told of each decision. */
export type FastifyCorsOptions = AdapterOptions<FastifyRequest>;

/**
 * A route's own policy: options like the plugin's, or what `createCors` returned; `false` leaves the
 * route without CORS. Nothing is inherited from the plugin but its `onDecision`, unless the route has
 * one: what watches over the application must not lose sight of a route.
 *
 * @example
 * ```ts
 * import cors from '@cors/fastify';
 * import fastify from 'fastify';
 *
 * const app = fastify();
 * await app.register(cors, { origin: 'https://app.example.com', credentials: true });
 * app.get('/fonts/:name', { config: { cors: { origin: '*' } } }, async () => 'a font');
 * app.get('/internal', { config: { cors: false } }, async () => 'for no page');
 * ```
 */
export type RouteCorsOptions = FastifyCorsOptions | Cors<FastifyRequest> | false;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route's own CORS policy, for its preflights too; see `RouteCorsOptions` of `@cors/fastify`. */
    cors?: RouteCorsOptions | undefined;
  }
}
