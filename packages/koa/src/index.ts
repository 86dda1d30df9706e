/**
 * CORS for Koa 2 and 3.
 *
 * @packageDocumentation
 */
export { cors, type KoaCorsOptions } from './cors.js';
