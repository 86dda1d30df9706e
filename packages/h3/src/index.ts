/**
 * CORS for h3 2.
 *
 * @packageDocumentation
 */
export { cors, type H3CorsOptions } from './cors.js';
