/**
 * Chromium's report about a fetch that it blocks: `corsErrorStatus` of the DevTools protocol's
 * `Network.loadingFailed`.
 */
import { canParseUrl } from './can-parse-url.js';
import { isSameOrigin } from './origin.js';
import type { Hop } from './transcript.js';
import type { PageRequest } from './page-request.js';
import type { FetchFailure } from './fetch-failure.js';
import { type ChromiumCorsError, type VerdictCode } from './verdict-code.js';
import { VERDICTS } from './verdict-names.js';

/**
 * What Chromium says of a failure. Of several headers that are not allowed it names the one that comes
 * first in a hash map, so `failedParameter` is then one that is right, not always the same one.
 */
export interface ChromiumReport {
  readonly corsError: ChromiumCorsError;
  readonly failedParameter: string;
}

// Redirects to these are refused before CORS is thought of.
const UNSAFE_REDIRECT = /^(?:about|blob|data|file|filesystem):/i;

/** What Chromium reports about a failure; null for nothing about CORS. */
export function chromiumReport(
  code: VerdictCode,
  { failure }: FetchFailure,
  request: PageRequest,
  hop: Hop | null,
): ChromiumReport | null {
  const { chromium } = VERDICTS[code];
  if (chromium === null || isUnreported(failure, request, hop)) return null;
  return { corsError: chromium, failedParameter: asciiOnly(chromiumParameter(failure)) };
}

// In other modes it has names as well, but says them to the console only.
function isUnreported(failure: Failure, request: PageRequest, hop: Hop | null): boolean {
  const { origin, mode = 'cors' } = request;
  if (mode !== 'cors') return true;
  switch (failure.reason) {
    case 'non-http-scheme':
      // Known from the start, so that nothing is sent that could fail.
      return true;
    case 'redirect-to-non-http-scheme':
      return UNSAFE_REDIRECT.test(failure.location);
    case 'redirect-url-includes-credentials': {
      const to = canParseUrl(failure.location, hop?.url)
        ? new URL(failure.location, hop?.url)
        : null;
      return hop?.tainting !== 'cors' && to !== null && isSameOrigin(origin, to.origin);
    }
    default:
      return false;
  }
}

// The DevTools protocol carries text in UTF-8, and a header's bytes may be no such text.
function asciiOnly(text: string): string {
  return /^[\x00-\x7f]*$/.test(text) ? text : '';
}

type Failure = FetchFailure['failure'];

function chromiumParameter(failure: Failure): string {
  switch (failure.reason) {
    case 'cors-check-failed':
      return chromiumParameter(failure.corsCheck);
    case 'origin-mismatch':
      return failure.allowOrigin ?? '';
    case 'missing-allow-credentials':
    case 'allow-credentials-not-true':
      return failure.allowCredentials ?? '';
    case 'method-not-allowed':
      return failure.method;
    case 'authorization-not-listed':
    case 'header-not-allowed':
      return failure.headerName;
    default:
      return '';
  }
}
