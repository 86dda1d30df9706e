/**
 * CORS for Fastify 5.
 *
 * @packageDocumentation
 */
export { cors, cors as default, type FrameworkErrorHandler, withCors } from './cors.js';
export type { FastifyCorsOptions, RouteCorsOptions } from './options.js';
