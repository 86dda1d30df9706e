/**
 * CORS for web-standard handlers: Workers, Deno, Bun, Next.js route handlers.
 *
 * @packageDocumentation
 */
export {
  commitOnHeaders,
  commitOnResponse,
  handlingOf,
  putInForce,
  toCorsRequest,
  withdraw,
} from './commit-on-response.js';
export { cors, type FetchCorsOptions, type FetchHandler, type FetchHooks } from './cors.js';
export { warn } from './warn.js';
