/**
 * CORS for `node:http`, `node:http2` and Connect.
 *
 * @packageDocumentation
 */
export {
  commitOnHead,
  committingWriteHead,
  handlingOf,
  type NodeResponse,
} from './commit-on-head.js';
export { answer, cors, type Next, type NodeMiddleware, type NodeRequest } from './cors.js';
