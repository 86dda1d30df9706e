/**
 * Pasted requests: what the developer tools of a browser copy, as a request that a page can make. They copy
 * what went over the wire, so that what the browser added by itself must be taken out again: as a header
 * that a script sets, it would be asked for in a preflight.
 */
import { type HeaderList, isForbiddenRequestHeader, type PageRequest } from '@cors/browser';

/** A request that was pasted. */
export interface PastedRequest extends Omit<PageRequest, 'origin'> {
  /** The page's; null where the text does not tell. */
  readonly origin: string | null;
  /** The cookies that went along. */
  readonly cookie: string | null;
  /** The names of headers that browsers set by themselves, which were left out. */
  readonly leftOut: readonly string[];
}

/** A request, or why the text is none. */
export type Pasted =
  | { readonly ok: true; readonly request: PastedRequest }
  | { readonly ok: false; readonly problem: string; readonly fix: string };

/** Set by browsers although scripts may set them, too. */
const OF_BROWSERS: ReadonlySet<string> = new Set([
  'user-agent',
  'priority',
  'upgrade-insecure-requests',
  'save-data',
  'x-client-data',
]);

/** Set by browsers whose developer tools switch the cache off. */
const OF_NO_CACHE: ReadonlySet<string> = new Set(['pragma', 'cache-control']);

/** The headers of a pasted request, sorted by who set them. */
export interface SortedHeaders {
  readonly headers: HeaderList;
  readonly leftOut: readonly string[];
  readonly cookie: string | null;
  readonly origin: string | null;
}

/** Tells a script's headers from those of the browser. */
export function sortHeaders(lines: HeaderList): SortedHeaders {
  const lower = lines.map(([name, value]) => [name.toLowerCase(), value] as const);
  const valueOf = (wanted: string): string | null =>
    lower.find(([name]) => name === wanted)?.[1] ?? null;
  const isUncached = [...OF_NO_CACHE].every((name) => valueOf(name) === 'no-cache');
  const isOwn = ([name, value]: readonly [string, string]): boolean =>
    !OF_BROWSERS.has(name.toLowerCase()) &&
    !(isUncached && OF_NO_CACHE.has(name.toLowerCase())) &&
    !isForbiddenRequestHeader(name, value);
  const origin = valueOf('origin') ?? originOf(valueOf('referer'));
  return {
    headers: lines.filter(isOwn),
    leftOut: lines.filter((line) => !isOwn(line)).map(([name]) => name),
    cookie: valueOf('cookie'),
    origin,
  };
}

/** The origin of a page's address; null where it is none. */
export function originOf(address: string | null): string | null {
  const url = address === null ? null : parsedUrl(address);
  return url === null || url.origin === 'null' ? null : url.origin;
}

/** A URL; null where the text is none. */
export function parsedUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
