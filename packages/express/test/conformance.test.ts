import { registerAudits } from '@cors/conformance';
import { describe, it } from 'vitest';
import { VERSIONS } from './express.js';
import { expressTarget } from './target.js';

for (const version of VERSIONS) registerAudits({ describe, it }, expressTarget(version));
