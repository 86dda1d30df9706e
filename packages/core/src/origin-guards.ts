/**
 * Origins that strangers can act as. With credentials, a grant to one hands them the sessions of its
 * users, so each kind has a flag with a name that says so.
 */
import { quote, quoteWhole } from './describe-value.js';
import type { OriginPattern } from './origin-pattern.js';
import { isLoopbackHost } from './origin-trust.js';
import type { ReportProblem } from './problem.js';
import { hasForeignSubdomains } from './public-suffix.js';

/** What the other options say that bears on origins. */
export interface OriginGuards {
  readonly credentials: boolean;
  readonly allowInsecureOrigins: boolean;
  readonly allowPublicSuffixes: boolean;
  readonly allowNullOrigin: boolean;
  /** Whether `'*'` may be advised: not with credentials, nor for a matcher. */
  readonly mayBeAny: boolean;
}

/** Whether a pattern needs a flag that is not set. */
export function isDangerous(pattern: OriginPattern, guards: OriginGuards): boolean {
  return isInsecure(pattern, guards) || isPublic(pattern, guards);
}

/** With credentials, whoever sits on the network can act as an `http:` origin. */
function isInsecure(pattern: OriginPattern, guards: OriginGuards): boolean {
  if (!guards.credentials || guards.allowInsecureOrigins) return false;
  return pattern.scheme === 'http' && !isLoopbackHost(pattern.host);
}

/** With credentials, whoever can own a subdomain can use the visitors' sessions. */
function isPublic(pattern: OriginPattern, guards: OriginGuards): boolean {
  if (!guards.credentials || guards.allowPublicSuffixes || !pattern.subdomains) return false;
  return hasForeignSubdomains(pattern.host);
}

/** The same over `https:`, whose default port 443 is never written. */
export function secureFormOf(insecure: string): string {
  return insecure.replace('http:', 'https:').replace(/:443$/, '');
}

/** A pattern as it may be advised: not over `http:` where start-up would refuse that. */
export function advisable(pattern: OriginPattern, guards: OriginGuards): string {
  return isInsecure(pattern, guards) ? secureFormOf(pattern.source) : pattern.source;
}

/** Says what is dangerous about a pattern, if anything is; `value` is what was written for it. */
export function reportDanger(
  pattern: OriginPattern,
  value: string,
  path: string,
  guards: OriginGuards,
  report: ReportProblem,
): void {
  if (isInsecure(pattern, guards)) {
    const why =
      'with credentials, whoever sits on the network can act as an http: origin and use the session of its user';
    const fix = `write ${quoteWhole(advisable(pattern, guards))}; if you must, set \`dangerouslyAllowInsecureOrigins: true\`.`;
    report('origin-insecure', path, value, why, fix);
  }
  if (isPublic(pattern, guards)) {
    const why = `with credentials, anybody can own a name under ${quote(pattern.host)} and use the sessions of its visitors`;
    const fix =
      'list your own names under it; if you must, set `dangerouslyAllowPublicSuffixes: true`.';
    report('origin-public-suffix', path, value, why, fix);
  }
}
