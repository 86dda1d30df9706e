/**
 * Explanation of a preflight that failed.
 */
import type { Explanation } from './explanation.js';
import type { NetworkFailure } from './fetch-failure.js';
import type { PageRequest } from './page-request.js';
import type { PreflightCheckFailure } from './preflight-check-result.js';
import { quoted } from './quoted.js';
import type { FetchResponse } from './response.js';

/**
 * Explains why a preflight failed.
 *
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
        cause: `The server gave no response to the preflight of ${request.url}.`,
        fix: 'See that the server runs, and that nothing in front of it drops OPTIONS.',
      };
    case 'cors-check-failed':
      return withStatus(check, failure.corsCheck.reason, response?.status ?? 0);
    case 'status-not-ok':
      return failure.location === null
        ? explainStatus(failure.status)
        : {
            cause: `The preflight was redirected, with status ${String(failure.status)}, to ${quoted(failure.location)}, and a preflight is never followed: ${redirectGuess(request.url, failure.location)}.`,
            fix: 'Let OPTIONS be answered with 204 at the URL that the page asks for, ahead of whatever redirects; or let the page ask for the URL that it is redirected to.',
          };
    case 'invalid-allow-methods':
    case 'invalid-allow-headers': {
      const name =
        failure.reason === 'invalid-allow-methods'
          ? 'Access-Control-Allow-Methods'
          : 'Access-Control-Allow-Headers';
      return {
        cause: `The preflight’s response has ${name}: ${quoted(failure.value)}, which is no list of names with commas between.`,
        fix: `Send names with commas between, and no quotes, semicolons or spaces inside: ${name}: ${name.endsWith('Methods') ? 'PUT, DELETE' : 'Content-Type, Authorization'}.`,
      };
    }
    case 'method-not-allowed':
      return explainMethod(failure.method, failure.methods, request);
    case 'authorization-not-listed':
    case 'header-not-allowed':
      return explainHeader(failure.headerName, failure.headerNames, request);
  }
}

// Without CORS headers, a status tells who answered: often nobody who knows of CORS.
function withStatus(check: Explanation | null, reason: string, status: number): Explanation {
  const { cause, fix } = check ?? { cause: '', fix: null };
  if (reason !== 'missing-allow-origin') return { cause, fix };
  const why = statusGuess(status);
  return why === null
    ? { cause, fix }
    : { cause: `${cause.slice(0, -1)}: ${why.guess}.`, fix: why.fix };
}

function explainStatus(status: number): Explanation {
  const why = statusGuess(status);
  return {
    cause: `The preflight was answered with status ${String(status)}, and only 200 to 299 will do${why === null ? '' : `: ${why.guess}`}.`,
    fix: why?.fix ?? 'Answer OPTIONS with 204 and the CORS headers.',
  };
}

function statusGuess(status: number): { guess: string; fix: string } | null {
  if (status === 401 || status === 403 || status === 407) {
    return {
      guess:
        'it seems that something asks for authentication first, and a preflight never carries any',
      fix: 'Answer OPTIONS with 204 and the CORS headers ahead of authentication.',
    };
  }
  if (status === 404 || status === 405 || status === 501) {
    return {
      guess: 'it seems that nothing handles OPTIONS here',
      fix: 'Answer OPTIONS for this URL with 204 and the CORS headers: mount CORS ahead of the routes.',
    };
  }
  if (status >= 500) {
    return {
      guess: 'the server, or a proxy in front of it, failed',
      fix: 'Look in the server’s log; answer OPTIONS with 204 and the CORS headers.',
    };
  }
  return null;
}

function redirectGuess(url: string, location: string): string {
  if (!URL.canParse(location, url)) return 'to no valid URL';
  const [from, to] = [new URL(url), new URL(location, url)];
  if (from.protocol !== to.protocol && from.host === to.host) return 'from http: to https:';
  if (
    from.pathname !== to.pathname &&
    from.pathname.replace(/\/$/, '') === to.pathname.replace(/\/$/, '')
  ) {
    return 'for a slash at the end of the path';
  }
  if (/log-?in|sign-?in|auth|sso/i.test(to.href)) return 'to a login, it seems';
  return 'to another URL';
}

function explainMethod(
  method: string,
  methods: readonly string[],
  { credentialsMode }: PageRequest,
): Explanation {
  const list = methods.length === 0 ? 'lists none' : `lists ${quoted(methods.join(', '))}`;
  const sameLetters = methods.find((listed) => listed.toUpperCase() === method.toUpperCase());
  const why =
    sameLetters !== undefined
      ? `, and methods are case-sensitive: the script wrote ${method}`
      : methods.includes('*') && credentialsMode === 'include'
        ? ', and with credentials * stands for nothing but itself'
        : '';
  const isWrittenWrong = method !== method.toUpperCase() && sameLetters !== undefined;
  return {
    cause: `The method ${method} is not allowed: the preflight’s response ${list}${why}.`,
    fix: isWrittenWrong
      ? `Write method: ‘${method.toUpperCase()}’ in the script: only DELETE, GET, HEAD, OPTIONS, POST and PUT are put in upper case by the browser.`
      : `Send Access-Control-Allow-Methods with ${method} in the list.`,
  };
}

function explainHeader(
  name: string,
  names: readonly string[],
  { credentialsMode }: PageRequest,
): Explanation {
  const list = names.length === 0 ? 'lists none' : `lists ${quoted(names.join(', '))}`;
  const isWildcard = names.includes('*');
  const why = !isWildcard
    ? ''
    : credentialsMode === 'include'
      ? ', and with credentials * stands for nothing but itself'
      : ', and * does not cover Authorization';
  return {
    cause: `The request header ${name} is not allowed: the preflight’s response ${list}${why}.`,
    fix: `Send Access-Control-Allow-Headers with ${name} in the list.`,
  };
}
