export { fetchOverNodeHttp as target } from '../../../packages/conformance/test/targets/fetch-over-node-http.js';
