/**
 * The verdict's code for a failure. Where the standard sees one failure, as any `Access-Control-Allow-
 * Origin` that is not the origin, people need to know which of several it is.
 */
import { canParseUrl } from './can-parse-url.js';
import type { CorsCheckFailure } from './cors-check.js';
import type { FetchFailure } from './fetch-failure.js';
import { getHeaderLines } from './header-list.js';
import type { FetchResponse } from './response.js';
import type { CorsCheckCode, VerdictCode } from './verdict-code.js';

/**
 * The code for a failure.
 *
 * @param response - The one that failed, null when there was none.
 */
export function failureCode(
  { stage, failure }: FetchFailure,
  response: FetchResponse | null,
): VerdictCode {
  switch (failure.reason) {
    case 'cors-check-failed':
      return `preflight-${corsCheckCode(failure.corsCheck, response)}`;
    case 'missing-allow-origin':
    case 'wildcard-with-credentials':
    case 'origin-mismatch':
    case 'missing-allow-credentials':
    case 'allow-credentials-not-true':
      return corsCheckCode(failure, response);
    case 'status-not-ok':
      return failure.location === null ? 'preflight-status' : 'preflight-redirect';
    case 'network-failure':
      return stage === 'preflight' ? 'preflight-network-failure' : 'network-failure';
    case 'same-origin-mode-cross-origin-url':
      return 'same-origin-mode';
    default:
      return failure.reason;
  }
}

function corsCheckCode(
  { reason, allowOrigin }: CorsCheckFailure,
  response: FetchResponse | null,
): CorsCheckCode {
  return reason === 'origin-mismatch' ? mismatchCode(allowOrigin ?? '', response) : reason;
}

function mismatchCode(allowOrigin: string, response: FetchResponse | null): CorsCheckCode {
  const lines = getHeaderLines('Access-Control-Allow-Origin', response?.headers ?? []);
  if (lines.length > 1) return 'repeated-allow-origin';
  if (/[ ,]/.test(allowOrigin)) return 'allow-origin-list';
  const isOrigin = allowOrigin === 'null' || canParseUrl(allowOrigin);
  return isOrigin ? 'allow-origin-mismatch' : 'invalid-allow-origin';
}
