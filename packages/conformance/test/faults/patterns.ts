/** What faults in matching are written with: origin patterns, taken apart and put together wrongly. */
import { originMatcher } from '@cors/core';

interface PatternParts {
  readonly scheme: string;
  readonly subdomains: boolean;
  readonly host: string;
  /** With its colon. */
  readonly port: string;
}

/** The patterns for names and addresses: what has another scheme than http has no parts. */
export function partsOf(patterns: readonly string[]): readonly PatternParts[] {
  return patterns.flatMap((pattern) => {
    const [, scheme, star, host, port = ''] =
      /^(https?):\/\/(\*\.)?(\[[^\]]*\]|[^:]*)(:.*)?$/.exec(pattern) ?? [];
    if (scheme === undefined || host === undefined) return [];
    return [{ scheme, subdomains: star !== undefined, host, port }];
  });
}

/** The same patterns with parts of each changed. */
export function rewritten(
  patterns: readonly string[],
  change: (parts: PatternParts) => Partial<PatternParts>,
): readonly string[] {
  return partsOf(patterns).map((parts) => {
    const { scheme, subdomains, host, port } = { ...parts, ...change(parts) };
    return `${scheme}://${subdomains ? '*.' : ''}${host}${port}`;
  });
}

const matchers = new Map<string, (origin: string) => boolean>();

/** Whether the origin is on the list, as the engine reads it. */
export function isListed(origin: string, patterns: readonly string[]): boolean {
  const named = patterns.filter((pattern) => pattern !== 'null');
  if (named.length === 0) return false;
  const key = named.join();
  const matches = matchers.get(key) ?? originMatcher(named);
  matchers.set(key, matches);
  return matches(origin);
}

/** The text as part of a regular expression. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
