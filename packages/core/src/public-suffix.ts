/**
 * Public suffixes: the domains under which anyone can register a name, and so must not be trusted
 * with `*.`. Private ones count (`github.io`), and so do the ancestors of suffixes
 * (`amazonaws.com`), since a subdomain pattern reaches any depth.
 *
 * @see https://publicsuffix.org/list/
 */
import { getPublicSuffix } from 'tldts';
import { PUBLIC_SUFFIX_ANCESTORS } from './public-suffix-ancestors.js';

let ancestors: ReadonlySet<string> | undefined;

/** Names that no registry delegates: RFC 6761, RFC 6762, RFC 8375, and ICANN's `internal`. */
const NOT_PUBLIC: ReadonlySet<string> = new Set(
  'localhost local internal test example home.arpa'.split(' '),
);

/**
 * Whether strangers can own a name somewhere under the domain: it is a public suffix, an ancestor
 * of one, or a single label that the list does not know.
 */
export function hasForeignSubdomains(domain: string): boolean {
  const name = domain.endsWith('.') ? domain.slice(0, -1) : domain;
  if (NOT_PUBLIC.has(name)) return false;
  ancestors ??= new Set(PUBLIC_SUFFIX_ANCESTORS.split(';').flatMap(namesOf));
  return ancestors.has(name) || getPublicSuffix(name, { allowPrivateDomains: true }) === name;
}

/** The names of one group of the table: `com a b` is `a.com` and `b.com`. */
function namesOf(group: string): string[] {
  const [parent = '', ...labels] = group.split(' ');
  return labels.map((label) => `${label}.${parent}`);
}
