// In a file of its own: `@hono/node-server` puts its own Request and Response in the global ones' place.
import { registerAudits } from '@cors/conformance';
import { describe, it } from 'vitest';
import { memoryTarget } from './hono-target.js';
import { VERSIONS } from './policy.js';

for (const version of VERSIONS) registerAudits({ describe, it }, memoryTarget(version));
