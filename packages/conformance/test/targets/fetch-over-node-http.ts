import type { Target } from '../../src/index.js';
import { fetchBridge } from './fetch-bridge.js';
import { fetchTarget } from './fetch-target.js';
import { listenHttp1 } from './listening.js';
import { commonCapabilities } from './setup.js';

/** `@cors/fetch` behind a server of `node:http`. */
export const fetchOverNodeHttp: Target = {
  name: '@cors/fetch over node:http',
  capabilities: [...commonCapabilities, 'raw-bytes', 'http1', 'response-objects', 'flush-headers'],
  start: async (scenario) => {
    const { fetch, reconfigure } = fetchTarget(scenario);
    const { address, close } = await listenHttp1(scenario, fetchBridge(fetch));
    return {
      address,
      ...(reconfigure !== undefined && { reconfigure }),
      close,
    };
  },
};
