/**
 * Origin patterns for libraries that take regular expressions: anchored, escaped, and as narrow as the
 * pattern says, as a careful user would write them.
 */

/** One label of a host name. */
const LABEL = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';

/** A port as an origin spells it out: a number up to 65535, without leading zeros. */
const PORT = '(?:[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])';

/** An origin leaves its scheme's default port out. */
const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** Exact origins as they are, patterns as regular expressions. */
export function originTests(origins: readonly string[]): (string | RegExp)[] {
  return origins.map((origin) => (origin.includes('*') ? originRegExp(origin) : origin));
}

/** For libraries that take nothing but a function. */
export function originMatcher(origins: readonly string[]): (origin: string) => boolean {
  const tests = originTests(origins);
  return (origin) =>
    tests.some((test) => (typeof test === 'string' ? test === origin : test.test(origin)));
}

/** Of `https://*.example.com`, `https://example.com:*` or both. */
function originRegExp(pattern: string): RegExp {
  const [, scheme = '', subdomains = '', host = '', port = ''] =
    /^([a-z]+:)\/\/(\*\.)?(\[[^\]]*\]|[^:*]+)(:\*|:\d+)?$/.exec(pattern) ?? [];
  if (host === '') throw new TypeError(`${pattern} is no origin pattern`);
  // A name has 253 characters at most, whatever its labels.
  const name = subdomains === '' ? '' : `(?![^:]{254})(?:${LABEL}\\.)+`;
  const anyPort = `(?::(?!${DEFAULT_PORTS[scheme] ?? ''}$)${PORT})?`;
  return new RegExp(
    `^${scheme}//${name}${escaped(host)}${port === ':*' ? anyPort : escaped(port)}$`,
  );
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
