/**
 * Verdicts of consoles that are no matter of CORS, although people take them for it: what each means, and
 * what to change.
 */
import type { ConsoleDetails } from './console-verdict.js';
import type { Explanation } from './explanation.js';
import { explainMixedContent } from './mixed-content.js';
import { serializeOrigin } from './origin.js';

/** What stops a request, or keeps its response from the page, and is no matter of CORS. */
export type OtherCode =
  | 'mixed-content'
  | 'content-security-policy'
  | 'local-network-access'
  | 'blocked-by-client'
  | 'blocked-by-response'
  | 'aborted';

const CLAUSES: Readonly<Record<OtherCode, string>> = {
  'mixed-content': 'https://w3c.github.io/webappsec-mixed-content/#should-block-fetch',
  'content-security-policy': 'https://w3c.github.io/webappsec-csp/#directive-',
  'local-network-access': 'https://wicg.github.io/local-network-access/',
  'blocked-by-client': 'https://fetch.spec.whatwg.org/#concept-main-fetch',
  'blocked-by-response': 'https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header',
  aborted: 'https://fetch.spec.whatwg.org/#concept-aborted-network-error',
};

/** Whether a code is of what is no matter of CORS. */
export function isOtherCode(code: string): code is OtherCode {
  return code in CLAUSES;
}

/** Explains one of them. */
export function explainOther(
  code: OtherCode,
  details: ConsoleDetails,
): Explanation & { readonly clause: string } {
  const directive = code === 'content-security-policy' ? (details.value ?? 'connect-src') : '';
  return { clause: CLAUSES[code] + directive, ...explanationOf(code, details) };
}

function explanationOf(
  code: OtherCode,
  { origin, url, status, value }: ConsoleDetails,
): Explanation {
  const asked = url ?? 'the URL';
  const server = url === null ? 'The server' : serializeOrigin(url);
  switch (code) {
    case 'mixed-content': {
      const { cause, fix } = explainMixedContent(origin ?? 'the page’s origin', asked);
      return { cause, fix };
    }
    case 'content-security-policy':
      return {
        cause: `The page’s own Content-Security-Policy does not let it ask for ${asked}, so nothing was sent: that is no matter of CORS.`,
        fix: `Add ${url === null ? 'the origin of the URL' : server} to ${value ?? 'the directive that stands against it, as connect-src'}, in the page’s Content-Security-Policy.`,
      };
    case 'local-network-access':
      return {
        cause: `${asked} is on the visitor’s own machine or network${value === null ? '' : ` (${value})`}, and the page, which comes from further away, may not reach in there: that is no matter of CORS.`,
        fix: 'Serve the page over HTTPS, and let the visitor allow it access to the local network, in the settings of the site; in a frame, with allow="local-network-access" on it. For development, serve the page from the same machine.',
      };
    case 'blocked-by-client':
      return {
        cause: `The browser itself, or an extension such as a content blocker, stopped the request for ${asked}, so nothing was sent: that is no matter of CORS.`,
        fix: 'Switch the extensions off for this page, or choose a URL that is on no list of a blocker: one without words such as ads or track.',
      };
    case 'blocked-by-response':
      return {
        cause: `${server} answered, and the headers keep its response from the page: that is no matter of CORS, but of Cross-Origin-Resource-Policy, or of the page’s Cross-Origin-Embedder-Policy.`,
        fix: 'Send Cross-Origin-Resource-Policy: cross-origin with the resource; or load it with CORS, as by crossorigin on the element, and let the server allow the origin.',
      };
    case 'aborted':
      return status === null
        ? {
            cause: `The request for ${asked} was given up before the response was there: that is no matter of CORS.`,
            fix: 'Look for what gives it up: abort() in the script, or a page that was left.',
          }
        : {
            cause: `${server} answered with status ${status}, and the browser made nothing of it: that is no matter of CORS.`,
            fix: 'See that the URL is right, and why the server answers it so.',
          };
  }
}
