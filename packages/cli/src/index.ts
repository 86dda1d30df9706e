/**
 * What the command `cors` knows and a page can use as well: it names nothing of Node.js.
 *
 * @packageDocumentation
 */
export { adviseOptions, type AdviceCode, type OptionAdvice } from './advise-options.js';
export { type Conversion, convertOptions } from './convert-options.js';
export { sourceOf } from './options-source.js';
export { ownFix } from './own-fix.js';
export { parseCurl } from './parse-curl.js';
export { parseFetchCall } from './parse-fetch-call.js';
export type { Pasted, PastedRequest } from './pasted-request.js';
export type { PeerFinding } from './peer-findings.js';
export type { PeerName } from './peer.js';
