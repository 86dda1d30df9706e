import { registerAudits } from '@cors/conformance';
import { describe, it } from 'vitest';
import { koaTargets } from './koa-target.js';

for (const target of koaTargets) registerAudits({ describe, it }, target);
