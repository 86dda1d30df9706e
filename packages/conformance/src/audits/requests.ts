/**
 * Builders of the requests that audits send.
 */
import type { WireRequest } from '../audit.js';

/** A header line. */
export type HeaderLine = readonly [name: string, value: string];

/** An origin that every policy with a list or a predicate admits, unless its scenario says otherwise. */
export const allowedOrigin = 'https://a.example';

/** A second one, in the scenarios that have two. */
export const otherAllowedOrigin = 'https://c.example';

/** An origin that only a policy for any origin admits. */
export const deniedOrigin = 'https://evil.test';

/** A request as a page sends it, after its preflight if it needed one; `null` for one without `Origin`. */
export function request(
  method: string,
  path: string,
  origin: string | null,
  ...lines: readonly HeaderLine[]
): WireRequest {
  const originLines: readonly HeaderLine[] = origin === null ? [] : [['Origin', origin]];
  return { method, path, headers: [...originLines, ...lines] };
}

/** A GET for `/ok`. */
export function get(origin: string | null, ...lines: readonly HeaderLine[]): WireRequest {
  return request('GET', '/ok', origin, ...lines);
}

/** What a preflight asks for, beside its origin. */
export interface PreflightOptions {
  /** The request target; `/ok` when absent. */
  readonly path?: string;
  /** The announced method. */
  readonly method?: string;
  /** The value of Access-Control-Request-Headers, or its lines. Absent: no such header. */
  readonly names?: string | readonly string[];
}

/** A preflight for PUT, unless another method is named. */
export function preflight(origin: string, options: PreflightOptions = {}): WireRequest {
  const { path = '/ok', method = 'PUT', names = [] } = options;
  const nameLines = typeof names === 'string' ? [names] : names;
  return request(
    'OPTIONS',
    path,
    origin,
    ['Access-Control-Request-Method', method],
    ...nameLines.map((line): HeaderLine => ['Access-Control-Request-Headers', line]),
  );
}

/** Text as its UTF-8 bytes, one character a byte: how requests hold what is no ASCII. */
export function utf8Bytes(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}
