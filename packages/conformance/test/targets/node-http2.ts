import type { Target } from '../../src/index.js';
import { listenHttp2 } from './listening.js';
import { nodeListener } from './node-target.js';
import { commonCapabilities } from './setup.js';

/** `@cors/node` on `node:http2`, without TLS. */
export const nodeHttp2: Target = {
  name: '@cors/node on node:http2',
  capabilities: [...commonCapabilities, 'http2', 'write-head', 'flush-headers', 'early-hints'],
  start: async (scenario) => {
    const { listener, reconfigure } = nodeListener(scenario);
    const { address, close } = await listenHttp2(listener);
    return {
      address,
      ...(reconfigure !== undefined && { reconfigure }),
      close,
    };
  },
};
