/**
 * CORS for Hono 4.
 *
 * @packageDocumentation
 */
export { cors, type HonoCorsOptions } from './cors.js';
