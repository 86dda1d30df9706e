/**
 * Explanation of a CORS check that failed.
 */
import type { CorsCheckFailure } from './cors-check.js';
import type { Explanation } from './explanation.js';
import { originDifference } from './origin-difference.js';
import { quoted } from './quoted.js';
import type { FetchResponse } from './response.js';
import type { VerdictCode } from './verdict-code.js';

/**
 * Explains why a response does not let the request’s origin read it.
 *
 * @param what - Which response, as a sentence begins with it.
 *
 * @see https://fetch.spec.whatwg.org/#concept-cors-check
 */
export function explainCorsCheck(
  code: VerdictCode,
  check: CorsCheckFailure,
  response: FetchResponse | null,
  what: string,
): Explanation {
  const { origin, allowOrigin, allowCredentials } = check;
  const status = response === null ? '' : `, status ${String(response.status)},`;
  const allow = `Send Access-Control-Allow-Origin: ${origin}`;
  switch (code.replace(/^preflight-/, '')) {
    case 'missing-allow-origin':
      return {
        cause: `${what}${status} has no Access-Control-Allow-Origin, so nothing lets ${origin} read it.`,
        fix: `${allow} and Vary: Origin on every response to that origin, those of errors and redirects too.`,
      };
    case 'repeated-allow-origin':
      return {
        cause: `${what} has several Access-Control-Allow-Origin headers, which count as one value, ${quoted(allowOrigin)}: the application and a proxy in front of it each set one, it seems.`,
        fix: `Set it in one place only: ${allow.replace('Send ', '')}.`,
      };
    case 'allow-origin-list':
      return {
        cause: `${what} has Access-Control-Allow-Origin: ${quoted(allowOrigin)}, and the header can name one origin only.`,
        fix: `Compare Origin with the list on the server. ${allow} and Vary: Origin.`,
      };
    case 'wildcard-with-credentials':
      return {
        cause: `${what} has Access-Control-Allow-Origin: *, which does not count for a request with credentials.`,
        fix: `${allow}, Access-Control-Allow-Credentials: true and Vary: Origin; or fetch without credentials.`,
      };
    case 'missing-allow-credentials':
      return {
        cause: `${what} has no Access-Control-Allow-Credentials, and the request carries credentials.`,
        fix: 'Send Access-Control-Allow-Credentials: true; or fetch without credentials.',
      };
    case 'allow-credentials-not-true':
      return {
        cause: `${what} has Access-Control-Allow-Credentials: ${quoted(allowCredentials)}, and only true, in lower case and once, counts.`,
        fix: 'Send Access-Control-Allow-Credentials: true, once.',
      };
    default:
      return {
        cause: `${what} has Access-Control-Allow-Origin: ${quoted(allowOrigin)}, which is not ${origin}: ${originDifference(origin, allowOrigin ?? '')}.`,
        fix: mismatchFix(origin, response),
      };
  }
}

function mismatchFix(origin: string, response: FetchResponse | null): string {
  if (origin === 'null') {
    return 'Let the first URL answer without a redirect to another origin, and the page not be sandboxed; never allow null, which any site can make its frames be.';
  }
  const allow = `Send Access-Control-Allow-Origin: ${origin} and Vary: Origin`;
  const hasVary = response?.headers.some(
    ([name, value]) => /^vary$/i.test(name) && /\*|origin/i.test(value),
  );
  if (hasVary === true) return `${allow}: add the origin to those that the server allows.`;
  return `${allow}: add the origin to those that the server allows. Without Vary: Origin, a cache may also have kept this response for another origin.`;
}
