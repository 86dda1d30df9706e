/**
 * CORS for web-standard handlers: Workers, Deno, Bun, Next.js route handlers.
 *
 * @packageDocumentation
 */
export { cors, type FetchCorsOptions, type FetchHandler, type FetchHooks } from './cors.js';
