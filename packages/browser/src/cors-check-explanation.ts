/**
 * Explanation of a CORS check that failed.
 */
import { canParseUrl } from './can-parse-url.js';
import type { CorsCheckFailure } from './cors-check.js';
import type { Explanation } from './explanation.js';
import { getHeaderValue } from './header-list.js';
import { isOriginWrittenWrong, originDifference } from './origin-difference.js';
import { quoted } from './quoted.js';
import type { FetchResponse } from './response.js';
import { namesOrigin } from './vary.js';
import type { VerdictCode } from './verdict-code.js';

/**
 * Explains why a response does not let the request’s origin read it.
 *
 * @param check - What is null in it although the code says that it was there is not known.
 * @param response - Null when nothing of it is known.
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
  const isOpaque = origin === 'null';
  const header = `Access-Control-Allow-Origin: ${origin}`;
  const sent =
    allowOrigin === null
      ? `${what} has an Access-Control-Allow-Origin`
      : `${what} has Access-Control-Allow-Origin: ${quoted(allowOrigin)}`;
  switch (code.replace(/^preflight-/, '')) {
    case 'missing-allow-origin':
      return explainMissing(code, origin, response, what);
    case 'repeated-allow-origin':
      return {
        cause: `${what} has several Access-Control-Allow-Origin headers, which count as one value${allowOrigin === null ? '' : `, ${quoted(allowOrigin)}`}: it seems that the application and a proxy in front of it set one each.`,
        fix: `Set it in one place only, the application or the proxy${isOpaque ? '' : `: ${header}`}.`,
      };
    case 'allow-origin-list':
      return {
        cause: `${sent}${allowOrigin === null ? ' with several origins' : ''}, and the header can name one origin only.`,
        fix: isOpaque
          ? OPAQUE_FIX
          : `Keep the list on the server, look there for the request’s Origin, and send back that one: ${header} and Vary: Origin.`,
      };
    case 'wildcard-with-credentials':
      return {
        cause: `${what} has Access-Control-Allow-Origin: *, and with credentials * lets nobody read it.`,
        fix: isOpaque
          ? OPAQUE_FIX
          : `Send ${header}, Access-Control-Allow-Credentials: true and Vary: Origin. Or, if the request needs no cookies, make it without credentials.`,
      };
    case 'missing-allow-credentials':
      return {
        cause: `${what} has no Access-Control-Allow-Credentials, and the request is made with credentials.`,
        fix: 'Send Access-Control-Allow-Credentials: true. Or, if the request needs no cookies, make it without credentials.',
      };
    case 'allow-credentials-not-true':
      return {
        cause: `${what} has ${allowCredentials === null ? 'an Access-Control-Allow-Credentials that is not true' : `Access-Control-Allow-Credentials: ${quoted(allowCredentials)}`}, and only true counts, in lower case and once.`,
        fix: 'Send Access-Control-Allow-Credentials: true, once.',
      };
    default:
      return {
        cause: `${sent}, which is not ${origin}${allowOrigin === null ? '' : `: ${originDifference(origin, allowOrigin)}`}.`,
        fix: mismatchFix(origin, allowOrigin ?? '', response),
      };
  }
}

/** What opens a response to null opens it to every site. */
export const OPAQUE_FIX: string =
  'Give the page an origin: serve it over HTTP rather than from a file, and give a sandboxed frame allow-same-origin. If a redirect made the origin null, let the page ask for the last URL itself. Do not allow null: any site can make frames of that origin.';

function explainMissing(
  code: VerdictCode,
  origin: string,
  response: FetchResponse | null,
  what: string,
): Explanation {
  const status = response?.status ?? 0;
  const withStatus = response === null ? ' ' : `, status ${String(status)}, `;
  const isPreflight = code.startsWith('preflight-');
  const header = `Access-Control-Allow-Origin: ${origin} and Vary: Origin`;
  const isError = status >= 400;
  const fix = isPreflight
    ? `Let the server allow ${origin}, so that it answers OPTIONS with ${header}.`
    : `Let the server allow ${origin}, so that it sends ${header} on every response, errors and redirects included.${isError ? ` The status ${String(status)} is a fault of its own, which the page cannot see until then.` : ''}`;
  return {
    cause: `${what}${withStatus}has no Access-Control-Allow-Origin, so ${isPreflight ? 'the request itself was not sent' : `${origin === 'null' ? 'a page of the origin null' : origin} may not read it`}.`,
    fix: origin === 'null' ? OPAQUE_FIX : fix,
  };
}

function mismatchFix(origin: string, allowOrigin: string, response: FetchResponse | null): string {
  if (origin === 'null') return OPAQUE_FIX;
  const header = `Access-Control-Allow-Origin: ${origin}`;
  if (isOriginWrittenWrong(origin, allowOrigin)) return `Write it as browsers do: ${header}.`;
  const sends = `so that it sends ${header} and Vary: Origin`;
  if (allowOrigin.includes('*') && !/["'`]/.test(allowOrigin)) {
    return `Browsers know no patterns. Match the request’s Origin on the server, ${sends}.`;
  }
  const vary = getHeaderValue('Vary', response?.headers ?? []) ?? '';
  const mayBeCached = response !== null && canParseUrl(allowOrigin) && !namesOrigin(vary);
  return `Let the server allow ${origin}, ${sends}.${mayBeCached ? ' If it does already, a cache may have kept this response for another origin, since Vary: Origin is missing.' : ''}`;
}
