export { fetchMemory as target } from '../../../packages/conformance/test/targets/fetch-memory.js';
