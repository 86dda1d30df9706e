/**
 * Mixed content: a page that came over HTTPS may not ask for what is sent in the open. Browsers refuse it
 * before CORS is thought of, and most consoles show the two side by side.
 *
 * @see https://w3c.github.io/webappsec-mixed-content/#should-block-fetch
 */
import { canParseUrl } from './can-parse-url.js';
import type { Explanation } from './explanation.js';

const CLAUSE = 'https://w3c.github.io/webappsec-mixed-content/#should-block-fetch';

/**
 * Whether a page may not ask for a URL since that is less protected than the page itself. The machine's own
 * addresses are as good as HTTPS.
 *
 * @example
 * ```ts
 * import { isMixedContent } from '@cors/browser';
 *
 * isMixedContent('https://app.example.com', 'http://api.example.com/'); // true
 * isMixedContent('https://app.example.com', 'http://localhost:3000/'); // false
 * ```
 *
 * @see https://w3c.github.io/webappsec-mixed-content/#should-block-fetch
 */
export function isMixedContent(origin: string, url: string): boolean {
  if (!origin.startsWith('https:') || !canParseUrl(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !isLoopback(hostname);
}

/** @see https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy */
function isLoopback(hostname: string): boolean {
  return /^(?:127(?:\.\d+){3}|\[::1\]|(?:.+\.)?localhost\.?)$/.test(hostname);
}

/** What is said of mixed content, in the form of a verdict. */
export interface MixedContentVerdict extends Explanation {
  readonly code: 'mixed-content';
  /** The clause of the standard. */
  readonly clause: string;
}

/** Explains why a page may not ask for a URL. */
export function explainMixedContent(origin: string, url: string): MixedContentVerdict {
  const secure = canParseUrl(url) ? new URL(url).href.replace(/^http:/, 'https:') : null;
  return {
    code: 'mixed-content',
    clause: CLAUSE,
    cause: `A page of ${origin} may not ask for ${url}, which is not https:, so nothing was sent: that is no matter of CORS.`,
    fix: `Serve the resource over HTTPS, and let the page ask for ${secure ?? 'its https: URL'}.`,
  };
}
