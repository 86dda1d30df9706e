// Every property test takes its number of inputs and its seed from here, vitest.workspace.ts sets both:
//   CORS_PROPERTY_RUNS  inputs for each property, 1000 if absent
//   CORS_PROPERTY_SEED  the seed that an earlier run printed, to meet its inputs again
import process from 'node:process';

import fc from 'fast-check';

fc.configureGlobal({
  numRuns: Number(process.env['CORS_PROPERTY_RUNS']),
  seed: Number(process.env['CORS_PROPERTY_SEED']),
});
