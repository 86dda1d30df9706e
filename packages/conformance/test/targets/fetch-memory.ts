import type { Target } from '../../src/index.js';
import { fetchTarget } from './fetch-target.js';
import { commonCapabilities } from './setup.js';

/** `@cors/fetch`, called in memory. */
export const fetchMemory: Target = {
  name: '@cors/fetch in memory',
  capabilities: [...commonCapabilities, 'response-objects'],
  start: async (scenario) => {
    const { fetch, reconfigure } = fetchTarget(scenario);
    return {
      address: { protocol: 'memory', fetch },
      ...(reconfigure !== undefined && { reconfigure }),
      close: async () => undefined,
    };
  },
};
