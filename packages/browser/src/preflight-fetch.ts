/**
 * CORS-preflight fetch: asks, or finds that an earlier preflight answered, and remembers the answer.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
import { byteLowercase } from './byte-sequence.js';
import { checksUpTo } from './check.js';
import { corsPreflightRequest, preflightCauses } from './cors-preflight-request.js';
import type { FetchFailure } from './fetch-failure.js';
import type { Fetching, Going } from './fetching.js';
import type { CacheableRequest } from './preflight-cache.js';
import { preflightAllowance, preflightCheck } from './preflight-check.js';
import type { Profile } from './profile.js';
import { isSameOrigin, serializeOrigin, isTaintedByRedirects } from './origin.js';
import type { Asking } from './send.js';
import type { PreflightTranscript, SentRequest } from './transcript.js';

/** Whether the request may be sent, and what was done to learn it. */
export function* preflightFetch(
  fetching: Fetching,
  going: Going,
  asked: CacheableRequest,
): Asking<{ preflight: PreflightTranscript; failure: FetchFailure | null }> {
  const { cache, clock, profile } = fetching;
  const causes = preflightCauses(asked, profile);
  const isSkipped = skipsCache(fetching, asked, going);
  const isCached = !isSkipped && cache.unanswered(asked, clock(), profile).length === 0;
  const start = { causes, isCached, request: null, response: null, checks: [], stored: null };
  if (isCached) return { preflight: start, failure: null };

  const request: SentRequest = {
    url: asked.url,
    ...corsPreflightRequest(asked, profile),
    body: null,
    withCredentials: false,
  };
  const answer = yield request;
  if (!answer.ok) {
    const failure = { reason: 'network-failure', error: answer.error } as const;
    return { preflight: { ...start, request }, failure: { stage: 'preflight', failure } };
  }
  const { response } = answer;
  const settings = settingsFor(asked, profile);
  const result = preflightCheck(asked, response, settings);
  const checks = checksUpTo(result, settings);
  const preflight = { ...start, request, response, checks };
  const isRead = result.ok || checks.at(-1)?.name === 'method' || checks.at(-1)?.name === 'headers';
  const isKept = result.ok || (isRead && profile.cache.keepsWhatDoesNotAllow);
  const mayStore = !isSkipped || profile.cache.keepsSkipped;
  const stored = isKept && mayStore ? preflightAllowance(asked, response, profile) : null;
  if (stored !== null) cache.store(asked, stored, clock(), profile);
  return {
    preflight: { ...preflight, stored },
    failure: result.ok ? null : { stage: 'preflight', failure: result },
  };
}

/**
 * A preflight that knows of no redirects asks the page's own origin nothing about itself. One that knows of
 * them names null there, since the request comes from elsewhere.
 */
function settingsFor({ origin, url }: CacheableRequest, profile: Profile): Profile {
  if (!isSameOrigin(origin, serializeOrigin(url))) return profile;
  const preflightChecks = profile.preflightChecks.filter((name) => name !== 'cors-check');
  return { ...profile, preflightChecks };
}

/** @see https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch */
const CONDITIONALS = new Set([
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
]);

/** Whether a request passes by the cache: a conditional one, which has its own idea of what is new. */
function skipsCache(
  { page, profile }: Fetching,
  { headers }: CacheableRequest,
  { origin, urlList }: Going,
): boolean {
  const { skippedByConditionalsOf, skippedWhenTainted } = profile.cache;
  if (skippedWhenTainted && isTaintedByRedirects(origin, urlList)) return true;
  if (!skippedByConditionalsOf.includes(page.api ?? 'fetch')) return false;
  return headers.some(([name]) => CONDITIONALS.has(byteLowercase(name)));
}
