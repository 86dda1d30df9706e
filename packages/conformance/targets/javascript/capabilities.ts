/** What a target on Node.js can, whatever library and framework it is for. */
import type { Capability } from '@cors/conformance';

/** Each target adds what its framework and its library can beside these. */
export const nodeCapabilities: readonly Capability[] = [
  'raw-bytes',
  'http1',
  'error-handling',
  'streams',
  'upgrade',
  'predicates',
];
