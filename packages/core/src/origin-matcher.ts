/**
 * Origin patterns, for use inside a predicate.
 */
import type { OriginGuards } from './origin-guards.js';
import { compileOriginSet } from './origin-set.js';
import { collectProblems, CorsConfigError } from './problem.js';
import { copyList } from './validate-lists.js';
import { checkOrigin } from './validate-origin.js';

/** A matcher grants nothing by itself: what it is used for is the predicate's responsibility. */
const NO_GUARDS: OriginGuards = {
  credentials: false,
  allowInsecureOrigins: true,
  allowPublicSuffixes: true,
  allowNullOrigin: false,
  mayBeAny: false,
};

/**
 * Makes a matcher for use inside a predicate: a fixed list plus a database, say. The patterns are
 * those of the option `origin`, without `'*'` and `'null'`.
 *
 * @param patterns - One pattern or a list of them.
 * @returns Whether an origin matches one of the patterns. Its cost does not grow with their number.
 * @throws {@link CorsConfigError} for a string that is no pattern, with every problem.
 *
 * @example
 * ```ts
 * import { createCors, originMatcher } from '@cors/core';
 *
 * declare function isTenantOrigin(origin: string): Promise<boolean>;
 * const isOurs = originMatcher(['https://app.example.com', 'https://*.example.com']);
 * createCors({ origin: (origin) => isOurs(origin) || isTenantOrigin(origin) });
 * ```
 */
export function originMatcher(patterns: string | readonly string[]): (origin: string) => boolean {
  const { problems, report } = collectProblems();
  const list = copyList(patterns);
  if (patterns === 'null' || list?.includes('null')) {
    const fix = "leave it out, and compare with 'null' in the predicate, beside the matcher.";
    report('origin-null', 'patterns', patterns, 'null is no pattern', fix);
    throw new CorsConfigError(problems);
  }
  const checked = checkOrigin(list ?? patterns, 'patterns', NO_GUARDS, report);
  if (checked !== null && checked.kind !== 'patterns') {
    const fix = "write patterns, as ['https://*.example.com'].";
    report('origin-type', 'patterns', patterns, 'a matcher is made from patterns', fix);
  }
  if (checked?.kind !== 'patterns' || problems.length > 0) throw new CorsConfigError(problems);
  return compileOriginSet(checked.patterns).matches;
}
