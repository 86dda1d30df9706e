/**
 * CORS for Express 4 and 5.
 *
 * @packageDocumentation
 */
export { cors, type ExpressCorsOptions, type ExpressMiddleware } from './cors.js';
