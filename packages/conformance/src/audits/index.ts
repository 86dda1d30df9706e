/**
 * Every audit of the suite, area by area.
 */
import type { Audit } from '../audit.js';
import { applicationFields } from './application-fields.js';
import { caches } from './caches.js';
import { classification } from './classification.js';
import { connections } from './connections.js';
import { anyOrigin, credentials } from './credentials.js';
import { decisions } from './decisions.js';
import { deniedOrigins } from './denied-origins.js';
import { echoedHeaders } from './echoed-headers.js';
import { exact } from './exact.js';
import { exposedHeaders, maxAge } from './exposed-headers.js';
import { handlersVary } from './handlers-vary.js';
import { hostile } from './hostile.js';
import { methods } from './methods.js';
import { operators } from './operators.js';
import { origins } from './origins.js';
import { originsAdmitted } from './origins-admitted.js';
import { chosenPolicies, stackedPolicies } from './policies.js';
import { predicates } from './predicates.js';
import { reconfigurationUnderLoad } from './reconfigure-under-load.js';
import { reconfiguration } from './reconfigure.js';
import { refusedOptions } from './refused-options.js';
import { refusedOrigins } from './refused-origins.js';
import { replies } from './replies.js';
import { requestHeaders } from './request-headers.js';
import { unusualOrigins } from './unusual-origins.js';
import { unusualReplies } from './unusual-replies.js';
import { vary } from './vary.js';
import { writeHead } from './write-head.js';

/** The audits, in the order in which they are reported. */
export const audits: readonly Audit[] = [
  ...classification,
  ...originsAdmitted,
  ...unusualOrigins,
  ...origins,
  ...deniedOrigins,
  ...anyOrigin,
  ...credentials,
  ...methods,
  ...requestHeaders,
  ...echoedHeaders,
  ...exposedHeaders,
  ...maxAge,
  ...exact,
  ...vary,
  ...handlersVary,
  ...caches,
  ...replies,
  ...unusualReplies,
  ...writeHead,
  ...applicationFields,
  ...connections,
  ...hostile,
  ...predicates,
  ...chosenPolicies,
  ...stackedPolicies,
  ...reconfiguration,
  ...reconfigurationUnderLoad,
  ...refusedOrigins,
  ...refusedOptions,
  ...decisions,
  ...operators,
];
