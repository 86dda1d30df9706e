/**
 * Addresses of the clauses that audits stand on.
 */

/** A clause of the Fetch Standard, by its anchor. */
export function fetchStandard(anchor: string): string {
  return `https://fetch.spec.whatwg.org/#${anchor}`;
}

/** A section of HTTP Semantics. */
export function rfc9110(section: string): string {
  return `https://www.rfc-editor.org/rfc/rfc9110#section-${section}`;
}

/** A class of weakness. */
export function cwe(number: number): string {
  return `https://cwe.mitre.org/data/definitions/${number}.html`;
}

/** A published vulnerability, by its CVE identifier. */
export function cve(identifier: string): string {
  return `https://www.cve.org/CVERecord?id=CVE-${identifier}`;
}

/** A published vulnerability, by its GitHub advisory. */
export function ghsa(identifier: string): string {
  return `https://github.com/advisories/GHSA-${identifier}`;
}
