/**
 * Checks of a response, as a transcript lists them: each with its outcome and the clause it is from.
 */
import type { CorsCheckFailure, CorsCheckSuccess } from './cors-check.js';
import type { PreflightCheckFailure, PreflightCheckSuccess } from './preflight-check-result.js';
import type { Profile } from './profile.js';
import type { PreflightCheckName } from './profile-settings.js';
import type { Check } from './transcript.js';

const CORS_CHECK = 'https://fetch.spec.whatwg.org/#concept-cors-check';
const PREFLIGHT_FETCH = 'https://fetch.spec.whatwg.org/#cors-preflight-fetch';

/** The check of a response to the request itself. */
export function corsCheckOutcome({ ok }: CorsCheckSuccess | CorsCheckFailure): Check {
  return { name: 'cors-check', ok, clause: CORS_CHECK };
}

/** The checks of a response to a preflight: all that were made, of which only the last can fail. */
export function checksUpTo(
  result: PreflightCheckSuccess | PreflightCheckFailure,
  { preflightChecks }: Profile,
): readonly Check[] {
  const failed = result.ok ? null : failedCheck(result, preflightChecks);
  const made = failed === null ? preflightChecks.length : preflightChecks.indexOf(failed) + 1;
  return preflightChecks.slice(0, made).map((name) => ({
    name,
    ok: name !== failed,
    clause: name === 'cors-check' ? CORS_CHECK : PREFLIGHT_FETCH,
  }));
}

function failedCheck(
  failure: PreflightCheckFailure,
  order: readonly PreflightCheckName[],
): PreflightCheckName {
  switch (failure.reason) {
    case 'cors-check-failed':
      return 'cors-check';
    case 'status-not-ok':
      return failure.location !== null && order.includes('redirect') ? 'redirect' : 'status';
    case 'invalid-allow-methods':
      return 'allow-methods';
    case 'invalid-allow-headers':
      return 'allow-headers';
    case 'method-not-allowed':
      return 'method';
    default:
      return 'headers';
  }
}
