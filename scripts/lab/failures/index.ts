/** All failures of the lab. */
import type { Failure } from '../failure.js';
import { credentialFailures } from './credentials.js';
import { wrongOrigins } from './origins.js';
import { narrowPreflights, unreachedPreflights } from './preflights.js';
import { proxyFailures } from './proxies.js';
import { otherFailures, replyFailures } from './replies.js';

/** In the order in which they are shown. */
export const FAILURES: readonly Failure[] = [
  ...replyFailures,
  ...wrongOrigins,
  ...credentialFailures,
  ...unreachedPreflights,
  ...narrowPreflights,
  ...proxyFailures,
  ...otherFailures,
];
