/**
 * Explanation of a preflight that failed.
 */
import { canParseUrl } from './can-parse-url.js';
import type { CorsCheckFailure } from './cors-check.js';
import { OPAQUE_FIX } from './cors-check-explanation.js';
import type { Explanation } from './explanation.js';
import type { NetworkFailure } from './fetch-failure.js';
import { serializeOrigin } from './origin.js';
import type { PageRequest } from './page-request.js';
import type { PreflightCheckFailure } from './preflight-check-result.js';
import { quoted, saidBy } from './quoted.js';
import { type FetchResponse, redirectLocation } from './response.js';

/**
 * Explains why a preflight failed.
 *
 * @param request - The page’s, with the URL that was asked.
 * @param check - The explanation of its CORS check, when that is what failed.
 */
export function explainPreflight(
  failure: PreflightCheckFailure | NetworkFailure,
  response: FetchResponse | null,
  request: PageRequest,
  check: Explanation | null,
): Explanation {
  switch (failure.reason) {
    case 'network-failure':
      return {
        cause: `${serializeOrigin(request.url)} gave no response to the preflight${saidBy(failure.error)}, so the request itself was not sent.`,
        fix: 'See that the server runs, that the port and the scheme are right, that its certificate is valid, and that nothing in front of it drops OPTIONS.',
      };
    case 'cors-check-failed':
      return withStatus(check, failure.corsCheck, response, request);
    case 'status-not-ok': {
      const { status, location } = failure;
      if (location !== null) return explainPreflightRedirect(status, location, request.url);
      return explainStatus(status, request.origin);
    }
    case 'invalid-allow-methods':
    case 'invalid-allow-headers': {
      const name =
        failure.reason === 'invalid-allow-methods'
          ? 'Access-Control-Allow-Methods'
          : 'Access-Control-Allow-Headers';
      return explainList(name, failure.value);
    }
    case 'method-not-allowed':
      return explainMethod(failure.method, failure.methods, request);
    case 'authorization-not-listed':
    case 'header-not-allowed':
      return explainHeader(failure.headerName, failure.headerNames, request);
  }
}

// Without CORS headers, a status tells who answered: often nobody who knows of CORS.
function withStatus(
  check: Explanation | null,
  { reason, origin }: CorsCheckFailure,
  response: FetchResponse | null,
  { url }: PageRequest,
): Explanation {
  const { cause, fix } = check ?? { cause: '', fix: null };
  if (reason !== 'missing-allow-origin' || response === null) return { cause, fix };
  const location = redirectLocation(response);
  if (location !== null) {
    const redirect = explainPreflightRedirect(response.status, location, url);
    return { cause: `${cause.slice(0, -1)}: t${redirect.cause.slice(1)}`, fix: redirect.fix };
  }
  const why = statusGuess(response.status, origin);
  return why === null
    ? { cause, fix }
    : { cause: `${cause.slice(0, -1)}: ${why.guess}.`, fix: why.fix };
}

/** Explains a list that is none; null for a value that is not known. */
export function explainList(
  name: 'Access-Control-Allow-Methods' | 'Access-Control-Allow-Headers',
  value: string | null,
): Explanation {
  const isMethods = name === 'Access-Control-Allow-Methods';
  return {
    cause: `The preflight’s response has ${value === null ? `an ${name}` : `${name}: ${quoted(value)}`}, which is no list of names with commas between them.`,
    fix: `Write the names with commas between them, without quotes, semicolons or spaces inside, as in ${name}: ${isMethods ? 'PUT, DELETE' : 'Content-Type, Authorization'}.`,
  };
}

/** Explains a status that will not do; null for one that is not known. */
export function explainStatus(status: number | null, origin: string): Explanation {
  const why = status === null ? null : statusGuess(status, origin);
  return {
    cause: `The preflight was answered with ${status === null ? 'another status' : `status ${String(status)}`}, and only 200 to 299 will do${why === null ? '' : `: ${why.guess}`}.`,
    fix: why?.fix ?? 'Answer OPTIONS with 204 and the CORS headers.',
  };
}

function statusGuess(status: number, origin: string): { guess: string; fix: string } | null {
  switch (status) {
    case 401:
    case 407:
      return {
        guess:
          'it seems that something asks for a login first, and a preflight carries neither cookies nor Authorization',
        fix: 'Answer OPTIONS ahead of authentication, with 204 and the CORS headers.',
      };
    case 400:
    case 403:
      return {
        guess:
          'it seems that the server does not allow the origin, the method or a header, or that something asks for a login first',
        fix:
          origin === 'null'
            ? OPAQUE_FIX
            : `Let the server allow ${origin} with this method and these headers, and answer OPTIONS ahead of authentication.`,
      };
    case 404:
    case 405:
    case 501:
      return {
        guess: 'it seems that nothing handles OPTIONS here',
        fix: 'Answer OPTIONS at this URL with 204 and the CORS headers: put CORS ahead of the routes.',
      };
    default:
      return status < 500
        ? null
        : {
            guess: 'the server failed, or a proxy in front of it',
            fix: 'Look into the server’s log. Answer OPTIONS with 204 and the CORS headers, ahead of what fails.',
          };
  }
}

// Where the CORS check fails first, the redirect is what matters all the same: headers would not help.
/** Explains a preflight that was redirected; null for what is not known of it. */
export function explainPreflightRedirect(
  status: number | null,
  location: string | null,
  from: string,
): Explanation {
  const ahead = 'answer OPTIONS ahead of the redirect, with 204 and the CORS headers';
  const guess = location === null ? null : redirectGuess(from, location);
  const isUrl = location !== null && canParseUrl(location, from);
  const target = isUrl ? new URL(location, from).href : null;
  const isElsewhere = target === null || guess === LOGIN;
  const where = [
    ...(status === null ? [] : [`with status ${String(status)}`]),
    ...(location === null ? [] : [`to ${quoted(location)}`]),
  ]
    .map((each) => `, ${each}`)
    .join('');
  return {
    cause: `The preflight was redirected${where}, and browsers follow no redirect of a preflight${guess === null ? '' : ` (${guess})`}.`,
    fix: isElsewhere
      ? `${ahead.charAt(0).toUpperCase()}${ahead.slice(1)}.`
      : `Let the page ask for ${quoted(target)} itself; or ${ahead}.`,
  };
}

const LOGIN = 'it seems that it leads to a login';

function redirectGuess(url: string, location: string): string | null {
  if (!canParseUrl(location, url)) return 'it leads to no valid URL';
  const [from, to] = [new URL(url), new URL(location, url)];
  if (from.protocol !== to.protocol && from.host === to.host) {
    return `it leads from ${from.protocol} to ${to.protocol}`;
  }
  const isSamePath = from.pathname === to.pathname;
  if (!isSamePath && from.pathname.replace(/\/$/, '') === to.pathname.replace(/\/$/, '')) {
    return 'only the slash at the end of the path differs';
  }
  if (/log-?in|sign-?in|auth|sso/i.test(to.href)) return LOGIN;
  return isSamePath && from.host !== to.host ? 'only the host differs' : null;
}

/** Explains a method that is not allowed; null for what is not known. */
export function explainMethod(
  method: string | null,
  methods: readonly string[] | null,
  { credentialsMode }: Pick<PageRequest, 'credentialsMode'>,
): Explanation {
  const upper = method?.toUpperCase() ?? 'the method';
  const sameLetters = methods?.find((listed) => listed.toUpperCase() === upper);
  const why =
    sameLetters !== undefined
      ? ', and methods are case-sensitive'
      : methods?.includes('*') === true && credentialsMode === 'include'
        ? ', and with credentials * is no wildcard'
        : '';
  const isWrittenWrong = method !== null && method !== upper;
  const list = `${upper} listed in Access-Control-Allow-Methods`;
  const isListed = methods?.includes(upper) === true;
  return {
    cause: `The method ${method === null ? '' : `${method} `}is not allowed: the preflight’s response ${listed('Access-Control-Allow-Methods', methods)}${why}.`,
    fix: isWrittenWrong
      ? `Write method: '${upper}' in the script${isListed ? '' : `, and answer OPTIONS with ${list}`}. Browsers put only DELETE, GET, HEAD, OPTIONS, POST and PUT in upper case by themselves.`
      : `Answer OPTIONS with ${list}${sameLetters === undefined ? '' : ', in upper case'}.`,
  };
}

/** Explains a request header that is not allowed; null for a list that is not known. */
export function explainHeader(
  name: string,
  names: readonly string[] | null,
  { credentialsMode }: Pick<PageRequest, 'credentialsMode'>,
): Explanation {
  const isWildcard = names?.includes('*') === true;
  const why = !isWildcard
    ? ''
    : credentialsMode === 'include'
      ? ', and with credentials * is no wildcard'
      : ', and * does not cover Authorization';
  return {
    cause: `The request header ${name} is not allowed: the preflight’s response ${listed('Access-Control-Allow-Headers', names)}${why}.`,
    fix: `Answer OPTIONS with ${name} listed in Access-Control-Allow-Headers.`,
  };
}

function listed(header: string, values: readonly string[] | null): string {
  if (values === null) return `does not list it in ${header}`;
  return values.length === 0
    ? `names none in ${header}`
    : `has ${header}: ${quoted(values.join(', '))}`;
}
