import { registerAudits } from '@cors/conformance';
import { describe, it } from 'vitest';
import { memoryTarget, socketTarget } from './h3-target.js';
import { VERSIONS } from './policy.js';

for (const version of VERSIONS) {
  registerAudits({ describe, it }, memoryTarget(version));
  for (const protocol of ['HTTP/1.1', 'HTTP/2'] as const) {
    registerAudits({ describe, it }, socketTarget(version, protocol));
  }
}
