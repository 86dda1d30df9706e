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
} from './commit-on-head.js';
export { type Commitment, commitmentsAside, type NodeResponse } from './commitment.js';
export {
  type AnsweredFor,
  cors,
  type Next,
  type NodeCorsOptions,
  type NodeMiddleware,
  type NodeRequest,
} from './cors.js';
export { warn } from './warn.js';
