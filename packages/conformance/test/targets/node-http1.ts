import type { Target } from '../../src/index.js';
import { listenHttp1 } from './listening.js';
import { nodeListener } from './node-target.js';
import { commonCapabilities } from './setup.js';

/** `@cors/node` on `node:http`. */
export const nodeHttp1: Target = {
  name: '@cors/node on node:http',
  capabilities: [
    ...commonCapabilities,
    'raw-bytes',
    'http1',
    'write-head',
    'flush-headers',
    'early-hints',
    'upgrade',
  ],
  start: async (scenario) => {
    const { listener, reconfigure } = nodeListener(scenario);
    const { address, close } = await listenHttp1(scenario, listener);
    return {
      address,
      ...(reconfigure !== undefined && { reconfigure }),
      close,
    };
  },
};
