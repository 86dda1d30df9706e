/**
 * Sets of origin patterns, compiled: a matcher whose cost does not grow with their number: one look-up in a set for
 * exact origins; for the others, one for the host and one for each *depth* that the subdomain
 * patterns have (nearly always one), however many patterns share it.
 */
import { ANY_PORT, type OriginPattern } from './origin-pattern.js';
import { hostEndOf, hostStartOf, MAX_ORIGIN_LENGTH, portOf } from './serialized-origin.js';

/** The ports allowed for a host under one scheme. */
type Ports = 'any' | Set<number>;

/** What is allowed for one host (or for the subdomains of it), by scheme. */
interface HostGrant {
  http: Ports | null;
  https: Ports | null;
}

/** Patterns, compiled. Nothing of it can be changed. */
export interface OriginSet {
  readonly matches: (origin: string) => boolean;
  /** What it was made from, for comparing two sets: how many patterns, whether one is among them, all. */
  readonly size: number;
  readonly includes: (pattern: string) => boolean;
  readonly patterns: () => string[];
}

/** Compiles patterns. They are known to be right. */
export function compileOriginSet(patterns: readonly OriginPattern[]): OriginSet {
  const exact = new Set<string>();
  const wildcards = new Set<string>();
  const hosts = new Map<string, HostGrant>();
  const bases = new Map<string, HostGrant>();
  for (const pattern of patterns) {
    if (pattern.exact) {
      exact.add(pattern.source);
    } else {
      wildcards.add(pattern.source);
      addGrant(pattern.subdomains ? bases : hosts, pattern);
    }
  }
  const matches =
    wildcards.size === 0
      ? (origin: string): boolean => origin.length <= MAX_ORIGIN_LENGTH && exact.has(origin)
      : matchWildcards(exact, hosts, bases);
  return Object.freeze({
    matches,
    size: exact.size + wildcards.size,
    includes: (pattern: string) => exact.has(pattern) || wildcards.has(pattern),
    patterns: () => [...exact, ...wildcards],
  });
}

function addGrant(grants: Map<string, HostGrant>, pattern: OriginPattern): void {
  const grant = grants.get(pattern.host) ?? { http: null, https: null };
  grants.set(pattern.host, grant);
  const scheme = pattern.scheme as 'http' | 'https';
  if (pattern.port === ANY_PORT) grant[scheme] = 'any';
  else if (grant[scheme] !== 'any') grant[scheme] = (grant[scheme] ?? new Set()).add(pattern.port);
}

function matchWildcards(
  exact: ReadonlySet<string>,
  hosts: ReadonlyMap<string, HostGrant>,
  bases: ReadonlyMap<string, HostGrant>,
): (origin: string) => boolean {
  // A base of two labels can only match where the second dot from the right stands, and so on.
  const depths = [...new Set([...bases.keys()].map((base) => base.split('.').length))];
  depths.sort((a, b) => a - b);
  return (origin) => {
    if (origin.length > MAX_ORIGIN_LENGTH) return false;
    // An empty set, too, would first have the string hashed.
    if (exact.size > 0 && exact.has(origin)) return true;
    const start = hostStartOf(origin);
    if (start === 0) return false;
    const end = hostEndOf(origin, start);
    if (end === -1) return false;
    const port = portOf(origin, end);
    if (port === -1) return false;
    const scheme = start === 8 ? 'https' : 'http';
    if (hosts.size > 0 && grantsPort(hosts.get(origin.slice(start, end)), scheme, port))
      return true;
    let dot = end;
    let depth = 0;
    for (const wanted of depths) {
      for (; depth < wanted; depth += 1) {
        dot = origin.lastIndexOf('.', dot - 1);
        if (dot < start) return false;
      }
      if (grantsPort(bases.get(origin.slice(dot + 1, end)), scheme, port)) return true;
    }
    return false;
  };
}

function grantsPort(grant: HostGrant | undefined, scheme: 'http' | 'https', port: number): boolean {
  const ports = grant?.[scheme] ?? null;
  return ports !== null && (ports === 'any' || ports.has(port));
}
