import { describe, it } from 'vitest';

import { registerAudits } from '../src/index.js';
import { fetchMemory } from './targets/fetch-memory.js';
import { fetchOverNodeHttp } from './targets/fetch-over-node-http.js';
import { nodeHttp1 } from './targets/node-http1.js';
import { nodeHttp2 } from './targets/node-http2.js';

for (const target of [nodeHttp1, nodeHttp2, fetchMemory, fetchOverNodeHttp]) {
  registerAudits({ describe, it }, target);
}
