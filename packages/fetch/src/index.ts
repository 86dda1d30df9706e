/**
 * CORS for web-standard handlers: Workers, Deno, Bun, Next.js route handlers.
 *
 * @packageDocumentation
 */
export { cors, type FetchCorsOptions, type FetchHandler, type FetchHooks } from './cors.js';
export { type Exchange, openExchange, type OwnReply } from './exchange.js';
export { warn } from './warn.js';
