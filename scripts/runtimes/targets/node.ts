export { nodeHttp1 as target } from '../../../packages/conformance/test/targets/node-http1.js';
