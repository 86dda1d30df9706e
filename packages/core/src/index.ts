/**
 * The CORS engine: options → problems or a policy → a decision for each request.
 *
 * @packageDocumentation
 */
export { createHandler, type Handler, type HandlerSetup, type Handling } from './adapter.js';
export { announcedMethod, announcesHeader } from './announced-request.js';
export type { AdapterOptions, DecisionHook, PolicyChoice } from './adapter-options.js';
export { commitDecision, CORS_RESPONSE_FIELDS, type ResponseFields } from './commit.js';
export {
  type Cors,
  type CorsRequest,
  createCors,
  isCors,
  type LowerCaseCorsRequest,
  type StaticCors,
} from './cors.js';
export type { CorsResponseField, Decision, DecisionHeaders, DecisionReason } from './decision.js';
export { explain, type Explanation, type ExplanationCode } from './explain.js';
export type { HeaderMap, HeadersLike } from './header-map.js';
export { inAgreement, inTurn } from './in-turn.js';
export type { LiteralOptions, Refused } from './literal-options.js';
export type { CorsOptions, OriginPredicate, StaticCorsOptions } from './options.js';
export { type DenialLogger, logDenials, type LogDenialsOptions } from './log-denials.js';
export { originMatcher } from './origin-matcher.js';
export { CorsPredicateError } from './predicate.js';
export { CorsConfigError, type CorsProblem, type CorsProblemCode } from './problem.js';
export { sharedWeakMap } from './shared-weak-map.js';
export { validateCorsOptions } from './validate-options.js';
export { mergeVary } from './vary.js';
export type { CorsWarning } from './warning.js';
