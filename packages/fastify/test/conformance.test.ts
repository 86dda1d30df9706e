import { registerAudits } from '@cors/conformance';
import { describe, it } from 'vitest';
import { fastifyTargets } from './fastify-target.js';

for (const target of fastifyTargets) registerAudits({ describe, it }, target);
