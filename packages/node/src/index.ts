/**
 * CORS for `node:http`, `node:http2` and Connect.
 *
 * @packageDocumentation
 */
export { answer } from './answer.js';
export { commitOnHead, decideOnHead, handlingOf } from './commit-on-head.js';
export { decideOnPrototype } from './commit-on-prototype.js';
export type { Commitment, NodeResponse } from './commitment.js';
export {
  type AnsweredFor,
  cors,
  type Next,
  type NodeCorsOptions,
  type NodeMiddleware,
  type NodeRequest,
} from './cors.js';
export { warn } from './warn.js';
