/**
 * Redirect taint: how foreign a request's redirects were. It decides which cookies go along; for the
 * `Origin` header it only counts whether there is any, which `serializeRequestOrigin` says without the
 * list of public suffixes that is needed here.
 *
 * @see https://fetch.spec.whatwg.org/#concept-request-tainted-origin
 */
import { getDomain } from 'tldts';

import { canParseUrl } from './can-parse-url.js';
import { isSameOrigin, serializeOrigin } from './origin.js';

/**
 * - `same-origin`: no redirect led from one foreign origin to another;
 * - `same-site`: one did, within one site;
 * - `cross-site`: one did, from one foreign site to another.
 */
export type RedirectTaint = 'same-origin' | 'same-site' | 'cross-site';

/**
 * How foreign a request's redirects were.
 *
 * @example
 * ```ts
 * import { redirectTaint } from '@cors/browser';
 *
 * const origin = 'https://app.example.com';
 * redirectTaint(origin, ['https://app.example.com/a', 'https://other.test/b']); // 'same-origin'
 * redirectTaint(origin, ['https://other.test/a', 'https://app.example.com/b']); // 'cross-site'
 * redirectTaint(origin, ['https://api.example.com/a', 'https://cdn.example.com/b']); // 'same-site'
 * ```
 *
 * @param origin - The page's, serialized.
 * @param urlList - Where the request went first, and where each redirect led it.
 *
 * @see https://fetch.spec.whatwg.org/#concept-request-tainted-origin
 */
export function redirectTaint(origin: string, urlList: readonly string[]): RedirectTaint {
  const origins = urlList.map(serializeOrigin);
  let taint: RedirectTaint = 'same-origin';
  for (const [index, hop] of origins.entries()) {
    const last = origins[index - 1];
    if (last === undefined) continue;
    if (!isSameSite(hop, last) && !isSameSite(origin, last)) return 'cross-site';
    if (!isSameOrigin(hop, last) && !isSameOrigin(origin, last)) taint = 'same-site';
  }
  return taint;
}

/**
 * Whether two serialized origins are of one site: the same scheme, and the same registrable domain or
 * else host.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#same-site
 */
function isSameSite(a: string, b: string): boolean {
  if (isSameOrigin(a, b)) return true;
  if (!canParseUrl(a) || !canParseUrl(b)) return false;
  const [one, other] = [new URL(a), new URL(b)];
  return one.protocol === other.protocol && siteHost(one) === siteHost(other);
}

function siteHost({ hostname }: URL): string {
  const domain = getDomain(hostname, { allowPrivateDomains: true });
  if (domain === null) return hostname;
  // A dot at the end is part of the registrable domain, and tldts drops it.
  return hostname.endsWith('.') && !domain.endsWith('.') ? `${domain}.` : domain;
}
