/**
 * CORS for `node:http`, `node:http2` and Connect.
 *
 * @packageDocumentation
 */
export { answer } from './answer.js';
export {
  committingWriteHead,
  commitOnHead,
  decideOnHead,
  handlingOf,
  type NodeResponse,
  putInForce,
} from './commit-on-head.js';
export {
  type AnsweredFor,
  cors,
  type Next,
  type NodeCorsOptions,
  type NodeMiddleware,
  type NodeRequest,
} from './cors.js';
export { warn } from './warn.js';
