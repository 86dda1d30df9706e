/**
 * Origin patterns: an exact serialized origin, `*.` for any subdomain at any depth but not the apex,
 * `:*` for any port with the default one, or both. There is nothing else, so that what a pattern
 * matches can be seen by looking at it.
 */
import {
  endsInNumber,
  hostEndOf,
  hostStartOf,
  isAddress,
  isCustomOrigin,
  MAX_ORIGIN_LENGTH,
  portOf,
} from './serialized-origin.js';
import { parseUrl } from './whatwg-url.js';

/** Any port, as `OriginPattern.port`. No origin has it: -1 is what a malformed port reads as. */
export const ANY_PORT = -2;

/** A pattern, understood. */
export interface OriginPattern {
  /** As written. */
  readonly source: string;
  /** Whether `source` is itself the one origin that it matches. */
  readonly exact: boolean;
  readonly scheme: string;
  /** The host, or what follows `*.` in it. */
  readonly host: string;
  /** Whether the pattern is for the subdomains of `host`. */
  readonly subdomains: boolean;
  /** 0 for the scheme's default port; `ANY_PORT`. */
  readonly port: number;
}

/** Reads a pattern; null for a string that is none. */
export function readOriginPattern(source: string): OriginPattern | null {
  return readHttpPattern(source) ?? readCustomPattern(source);
}

/**
 * A pattern of `http:` or `https:` in the common form: by the origin grammar alone, without the URL
 * parser, whose answer is known for such names; so a million origins are read in a second.
 */
function readHttpPattern(source: string): OriginPattern | null {
  const schemeEnd = hostStartOf(source);
  if (schemeEnd === 0 || source.length > MAX_ORIGIN_LENGTH) return null;
  const subdomains = source.startsWith('*.', schemeEnd);
  const start = subdomains ? schemeEnd + 2 : schemeEnd;
  const end = hostEndOf(source, start);
  if (end === -1) return null;
  const anyPort = source.endsWith(':*') && end === source.length - 2;
  const port = anyPort ? ANY_PORT : portOf(source, end);
  const host = source.slice(start, end);
  if (port === -1 || (needsUrlParser(host) && !isCanonicalHost(host, subdomains))) return null;
  // What `*.` stands for must leave room for a label and its dot.
  if (subdomains && host.length > 251) return null;
  const scheme = source.slice(0, schemeEnd - 3);
  return { source, exact: !subdomains && !anyPort, scheme, host, subdomains, port };
}

/** Addresses and punycode have rules of their own, which the URL parser knows. */
function needsUrlParser(host: string): boolean {
  return host.startsWith('[') || host.includes('xn--') || endsInNumber(host);
}

/** Whether the URL parser leaves the host as it stands. An address has no subdomains. */
function isCanonicalHost(host: string, subdomains: boolean): boolean {
  if (subdomains && isAddress(host)) return false;
  return parseUrl(`https://${host}`)?.hostname === host;
}

function readCustomPattern(source: string): OriginPattern | null {
  if (source.length > MAX_ORIGIN_LENGTH || !isCustomOrigin(source)) return null;
  const scheme = source.slice(0, source.indexOf(':'));
  // Exact only: host and port are never looked at apart.
  return { source, exact: true, scheme, host: '', subdomains: false, port: 0 };
}
