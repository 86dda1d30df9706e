import type { Target } from '@cors/conformance';
import { koaTarget } from './version-target.js';
import { VERSIONS } from './versions.js';

/** `@cors/koa` in front of the test application, on each version over HTTP/1.1 and HTTP/2. */
export const koaTargets: readonly Target[] = VERSIONS.flatMap((version) =>
  (['HTTP/1.1', 'HTTP/2'] as const).map((protocol) => koaTarget(version, protocol)),
);
