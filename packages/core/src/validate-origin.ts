/**
 * The option `origin`: what may stand there, and what may not because it opens more than it says.
 */
import { describeValue, quoteWhole } from './describe-value.js';
import type { OriginPredicate } from './options.js';
import { advisable, isDangerous, type OriginGuards, reportDanger } from './origin-guards.js';
import { type OriginPattern, readOriginPattern } from './origin-pattern.js';
import { findPatternProblem } from './origin-pattern-problem.js';
import { patternsOfRegExp } from './regexp-pattern.js';
import { copyList } from './validate-lists.js';
import type { CorsProblemCode, ReportProblem } from './problem.js';

/** Who may read: any origin, those that match a pattern, or those that a predicate says. */
export type CheckedOrigin =
  | { readonly kind: 'any' }
  | { readonly kind: 'patterns'; readonly patterns: readonly OriginPattern[] }
  | { readonly kind: 'predicate'; readonly predicate: OriginPredicate };

/** The literal `null` origin, as a pattern: it matches itself alone. */
const NULL_ORIGIN: OriginPattern = {
  source: 'null',
  exact: true,
  scheme: '',
  host: '',
  subdomains: false,
  port: 0,
};

/**
 * Checks the option, which stands at `path`; null when it has a wrong type. Patterns with problems
 * are reported and left out.
 */
export function checkOrigin(
  value: unknown,
  path: string,
  guards: OriginGuards,
  report: ReportProblem,
): CheckedOrigin | null {
  if (typeof value === 'function') {
    return { kind: 'predicate', predicate: value as OriginPredicate };
  }
  if (value === '*') {
    if (guards.credentials) reportAnyWithCredentials(value, path, report);
    return { kind: 'any' };
  }
  const list = typeof value === 'string' ? [value] : copyList(value);
  if (list === null) {
    reportOriginType(value, path, guards, report);
    return null;
  }
  if (list.length === 0) {
    const fix = "list at least one origin, as ['https://app.example.com'].";
    report('origin-empty', path, value, 'an empty list allows nobody', fix);
    return null;
  }
  if (list.includes('*')) return checkAnyInList(list, value, path, guards, report);
  const patterns: OriginPattern[] = [];
  list.forEach((member, index) => {
    const pattern = typeof member === 'string' ? readTrustedPattern(member, guards) : null;
    const place = typeof value === 'string' ? path : `${path}[${String(index)}]`;
    if (pattern !== null) patterns.push(pattern);
    else reportMember(member, place, guards, report);
  });
  return { kind: 'patterns', patterns };
}

/** `['*']` is `'*'`; beside anything else it would make the rest mean nothing. */
function checkAnyInList(
  list: readonly unknown[],
  value: unknown,
  path: string,
  guards: OriginGuards,
  report: ReportProblem,
): CheckedOrigin | null {
  if (list.some((member) => member !== '*')) {
    const fix = `write ${guards.mayBeAny ? "`origin: '*'` alone, or " : ''}the list without '*'.`;
    report(
      'origin-any-among-others',
      path,
      value,
      "'*' allows any origin, so the others mean nothing",
      fix,
    );
    return null;
  }
  if (guards.credentials) reportAnyWithCredentials(value, path, report);
  return { kind: 'any' };
}

/** The pattern, when nothing is wrong with it. */
function readTrustedPattern(source: string, guards: OriginGuards): OriginPattern | null {
  if (source === 'null') return guards.allowNullOrigin ? NULL_ORIGIN : null;
  const pattern = readOriginPattern(source);
  return pattern === null || isDangerous(pattern, guards) ? null : pattern;
}

/** Says all that is wrong with a member, and with what it was meant to be. */
function reportMember(
  member: unknown,
  path: string,
  guards: OriginGuards,
  report: ReportProblem,
): void {
  if (typeof member !== 'string') {
    reportOriginType(member, path, guards, report);
    return;
  }
  if (member === 'null') {
    const why =
      'every sandboxed frame and local file has this origin, on any site: it is as open as any origin';
    const fix =
      'serve the page from an origin of its own; if you must, set `dangerouslyAllowNullOrigin: true`.';
    report('origin-null', path, member, why, fix);
    return;
  }
  let pattern = readOriginPattern(member);
  if (pattern === null) {
    const { code, why, fix, meant } = findPatternProblem(member);
    pattern = meant === undefined ? null : readOriginPattern(meant);
    report(code, path, member, why, fixInPlace(code, fix, pattern, path, guards));
  }
  if (pattern !== null) reportDanger(pattern, member, path, guards, report);
}

/** The fix of a pattern, as it fits the place where that stands and the other options. */
function fixInPlace(
  code: CorsProblemCode,
  fix: string,
  meant: OriginPattern | null,
  path: string,
  guards: OriginGuards,
): string {
  // Not one that the danger's own would contradict.
  if (meant !== null) return `write ${quoteWhole(advisable(meant, guards))}.`;
  if (code === 'origin-several-in-one-string' && isInList(path))
    return "write one origin in each string, as 'https://app.example.com'.";
  if (code === 'origin-wildcard' && guards.mayBeAny) return fix.slice(0, -1) + OR_ANY;
  return fix;
}

const OR_ANY = "; any origin at all is `origin: '*'` alone.";

function isInList(path: string): boolean {
  return path.endsWith(']');
}

function reportAnyWithCredentials(value: unknown, path: string, report: ReportProblem): void {
  report(
    'origin-any-with-credentials',
    path,
    value,
    'with credentials it would let every site use the session of its visitors, and browsers refuse it',
    "list the origins, as ['https://app.example.com', 'https://*.example.com'], or leave `credentials` out.",
  );
}

function reportOriginType(
  value: unknown,
  path: string,
  guards: OriginGuards,
  report: ReportProblem,
): void {
  if (value === undefined || value === null) {
    const why =
      path === 'origin' ? 'it is required' : 'it is no origin (an unset environment variable?)';
    const fix =
      path === 'origin'
        ? "list your origins, or write `cors({ origin: '*' })` to let any origin read without credentials."
        : 'leave it out, or set the variable.';
    report(path === 'origin' ? 'origin-missing' : 'origin-type', path, value, why, fix);
    return;
  }
  const kind = describeValue(value);
  if (kind === 'a RegExp') {
    reportRegExp(value as RegExp, path, guards, report);
    return;
  }
  report(
    'origin-type',
    path,
    value,
    path === 'origin'
      ? "it must be '*', an origin, a list of origins, or a predicate"
      : 'it must be an origin, or a pattern',
    fixOfType(value, kind, path, guards),
  );
}

function fixOfType(value: unknown, kind: string, path: string, { mayBeAny }: OriginGuards): string {
  if (value === true) return `list your origins${mayBeAny ? OR_ANY : '.'}`;
  if (value === false) return 'list your origins; to switch CORS off, do not mount it.';
  if (kind === 'a Set') return `write \`${isInList(path) ? '...set' : '[...set]'}\`.`;
  if (kind === 'a URL') return 'write `url.origin`.';
  if (kind === 'a function') {
    return 'make one predicate of it: `const listed = originMatcher([…])` and `origin: (origin, request) => listed(origin) || yours(origin, request)`.';
  }
  return "write strings, as ['https://app.example.com'].";
}

/** A RegExp matches by accident: unanchored, with bare dots, with state (`/g`), or for ever. */
function reportRegExp(
  value: RegExp,
  path: string,
  guards: OriginGuards,
  report: ReportProblem,
): void {
  let patterns: readonly OriginPattern[] = [];
  let others = '';
  try {
    patterns = patternsOfRegExp(value.source);
    if (!SAYS_ALL.test(value.source)) others = OTHERS;
  } catch {
    // A RegExp whose source cannot be read is refused all the same.
  }
  const offered = [...new Set(patterns.map((pattern) => quoteWhole(advisable(pattern, guards))))];
  const list = offered.join(', ');
  const fix =
    patterns.length === 0
      ? "list patterns, as 'https://*.example.com'; or a predicate: `origin: (origin) => /^https:\\/\\/pr-\\d+\\.example\\.com$/.test(origin)`, anchored at both ends."
      : `write ${offered.length === 1 || isInList(path) ? list : `[${list}]`}.${others}`;
  const why = 'expressions match more than they show (missing anchors, bare dots)';
  report('origin-regexp', path, value, why, fix);
  // What the patterns would lead to is told as well.
  for (const pattern of patterns) reportDanger(pattern, pattern.source, path, guards, report);
}

/** An expression that says all of an origin: its scheme, and where it ends. */
const SAYS_ALL = /http.*\$$/;
const OTHERS = ' Other schemes and ports are other origins: list yours, too.';
