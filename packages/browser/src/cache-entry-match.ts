/**
 * Cache entry match: whether something that is remembered of preflights answers a request.
 *
 * @see https://fetch.spec.whatwg.org/#concept-cache-match
 */
import { byteLowercase } from './byte-sequence.js';
import type { PreflightCause } from './cors-preflight-request.js';
import { isCorsNonWildcardRequestHeaderName } from './cors-unsafe-request-header-names.js';
import type { CacheableRequest } from './preflight-cache.js';
import { checkAllowance } from './preflight-check.js';
import type { PreflightAllowance } from './preflight-check-result.js';
import type { Profile } from './profile.js';

/** How long something is remembered, and whom it may serve. */
export interface Remembered {
  readonly withCredentials: boolean;
  readonly storedAt: number;
  readonly maxAge: number;
}

/** One method or one header name that was allowed; or only that a preflight succeeded. */
interface TokenEntry extends Remembered {
  readonly kind: 'method' | 'header-name' | 'success';
  readonly token: string;
}

/** One response as a whole. */
interface ResponseEntry extends Remembered {
  readonly kind: 'response';
  readonly allowance: PreflightAllowance;
}

/** What is remembered. */
export type CacheEntry = TokenEntry | ResponseEntry;

/** Whether an entry's time has come. */
export function isOver({ storedAt, maxAge }: Remembered, now: number): boolean {
  return now >= storedAt + maxAge * 1000;
}

type Token = Pick<TokenEntry, 'kind' | 'token'>;

/** The tokens of what a preflight allowed. */
export function tokensOf({ methods, headerNames }: PreflightAllowance): readonly Token[] {
  return [
    { kind: 'success', token: '' },
    ...methods.map((token): Token => ({ kind: 'method', token })),
    ...headerNames.map((token): Token => ({ kind: 'header-name', token })),
  ];
}

/** The causes that no token answers. */
export function unmatched(
  entries: readonly CacheEntry[],
  request: CacheableRequest,
  causes: readonly PreflightCause[],
  profile: Profile,
): readonly PreflightCause[] {
  const isMatched = (token: Token): boolean =>
    entries.some((entry) => matches(entry, request, token, profile));
  const { method, useCorsPreflight = false } = request;
  const { exemptMethods, flagLiftsExemption } = profile.cache;
  const isExempt = exemptMethods.includes(method) && !(flagLiftsExemption && useCorsPreflight);
  const isMethodMatched = isMatched(
    isExempt ? { kind: 'success', token: '' } : { kind: 'method', token: method },
  );
  const left = causes.filter((cause) =>
    'name' in cause ? !isMatched({ kind: 'header-name', token: cause.name }) : !isMethodMatched,
  );
  // A method that needs no preflight by itself, but must be remembered when there was one.
  const isMissed = left.length === 0 && !isExempt && !isMethodMatched;
  return isMissed ? [{ because: 'method', method }] : left;
}

/**
 * Whether an entry stands for a method or a header name.
 *
 * @see https://fetch.spec.whatwg.org/#concept-cache-match-method
 * @see https://fetch.spec.whatwg.org/#concept-cache-match-header
 */
export function matches(
  entry: CacheEntry,
  request: CacheableRequest,
  { kind, token }: Token,
  { cache }: Profile,
): boolean {
  if (entry.kind !== kind || !mayServe(entry, request)) return false;
  if (entry.token === token) return true;
  const isWildcard = entry.token === '*' && cache.wildcardMatchesAll;
  if (kind !== 'header-name') return isWildcard;
  if (byteLowercase(entry.token) === byteLowercase(token)) return true;
  return isWildcard && !isCorsNonWildcardRequestHeaderName(token);
}

/** Whether a response allows a request, as a new preflight's would. */
export function allows(entry: ResponseEntry, request: CacheableRequest, profile: Profile): boolean {
  if (!mayServe(entry, request)) return false;
  const { wildcardCoversAuthorization, wildcardMeansAnew } = profile.cache;
  // With credentials `*` is a name like others, for good or only as long as they are sent.
  const storedMode = entry.withCredentials ? 'include' : 'omit';
  const credentialsMode = wildcardMeansAnew ? request.credentialsMode : storedMode;
  const asked: CacheableRequest = { ...request, credentialsMode };
  const failure = checkAllowance(asked, entry.allowance, {
    ...profile,
    wildcardCoversAuthorization,
  });
  return failure === null;
}

/** @see https://fetch.spec.whatwg.org/#concept-cache-match */
function mayServe({ withCredentials }: Remembered, request: CacheableRequest): boolean {
  return withCredentials || request.credentialsMode !== 'include';
}
