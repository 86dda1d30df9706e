/**
 * Hidden headers: what a response carries and the page cannot read, since it is not exposed.
 *
 * @see https://fetch.spec.whatwg.org/#concept-filtered-response-cors
 */
import type { Transcript } from '@cors/browser';

/** Of no interest to a page, or never for it. */
const OF_NO_USE =
  /^(?:access-control-.*|vary|set-cookie|connection|keep-alive|transfer-encoding|date|server|via|x-powered-by|alt-svc|strict-transport-security|content-security-policy|x-content-type-options|x-frame-options|referrer-policy|age|accept-ranges|allow|report-to|nel|server-timing|cf-.*|content-encoding)$/i;

/** The names of headers that the page does not get, and may want. */
export function hiddenHeaders({ page, hops }: Transcript): readonly string[] {
  const response = hops.at(-1)?.response ?? null;
  if (page === null || page.type !== 'cors' || response === null) return [];
  const seen = new Set(page.headers.map(([name]) => name.toLowerCase()));
  const names = response.headers.map(([name]) => name.toLowerCase());
  return [...new Set(names)].filter((name) => !seen.has(name) && !OF_NO_USE.test(name));
}
