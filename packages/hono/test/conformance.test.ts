import { registerAudits } from '@cors/conformance';
import { describe, it } from 'vitest';
import { socketTarget } from './hono-target.js';
import { VERSIONS } from './policy.js';

for (const version of VERSIONS) {
  for (const protocol of ['HTTP/1.1', 'HTTP/2'] as const) {
    registerAudits({ describe, it }, socketTarget(version, protocol));
  }
}
