/**
 * CORS-preflight cache: what earlier preflights allowed, so that they need not be asked again. Kept by
 * top-level site, origin and URL, and forgotten after the seconds that the server gave.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-cache
 */
import { byteLowercase } from './byte-sequence.js';
import { preflightCauses, type PreflightCause } from './cors-preflight-request.js';
import { isCorsNonWildcardRequestHeaderName } from './cors-unsafe-request-header-names.js';
import { checkAllowance } from './preflight-check.js';
import type { PreflightAllowance } from './preflight-check-result.js';
import { type Profile, STANDARD } from './profile.js';
import type { FetchRequest } from './request.js';

/** A request as the cache looks at it. */
export interface CacheableRequest extends FetchRequest {
  /** Where it goes to now. */
  readonly url: string;
  /** The site of the page that the user sees; the origin of the page that asks when absent. */
  readonly topLevelSite?: string | undefined;
}

/** How long something is remembered, and whom it may serve. */
interface Remembered {
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

type CacheEntry = TokenEntry | ResponseEntry;

/**
 * A browser's CORS-preflight cache. It starts empty, and lives as long as the browser does.
 *
 * Times are milliseconds of whatever clock the caller has; max-ages are seconds, as in the header.
 *
 * @example
 * ```ts
 * import { CorsPreflightCache, type CacheableRequest } from '@cors/browser';
 *
 * const request: CacheableRequest = {
 *   origin: 'https://app.example.com',
 *   url: 'https://api.example.com/cart',
 *   credentialsMode: 'omit',
 *   method: 'PUT',
 *   headers: [],
 * };
 * const cache = new CorsPreflightCache();
 * cache.unanswered(request, 0).length; // 1: the method
 * cache.store(request, { methods: ['PUT'], headerNames: [], maxAge: 5 }, 0);
 * cache.unanswered(request, 4_999).length; // 0
 * cache.unanswered(request, 5_000).length; // 1
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-cache
 */
export class CorsPreflightCache {
  readonly #entries = new Map<string, readonly CacheEntry[]>();

  /**
   * Why a request needs a preflight in spite of what is remembered; nothing means that it needs none.
   *
   * @param now - In milliseconds.
   *
   * @see https://fetch.spec.whatwg.org/#concept-http-fetch
   */
  unanswered(
    request: CacheableRequest,
    now: number,
    profile: Profile = STANDARD,
  ): readonly PreflightCause[] {
    const causes = preflightCauses(request, profile);
    if (causes.length === 0) return causes;
    const key = keyOf(request, profile);
    const entries = this.#fresh(key, now, profile);
    if (profile.cache.keeps === 'tokens') return unmatched(entries, request, causes, profile);
    const response = entries.find((entry) => entry.kind === 'response');
    if (response !== undefined && allows(response, request, profile)) return [];
    this.#entries.delete(key);
    return causes;
  }

  /**
   * Remembers what a preflight allowed.
   *
   * @param now - In milliseconds.
   *
   * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
   */
  store(
    request: CacheableRequest,
    allowance: PreflightAllowance,
    now: number,
    profile: Profile = STANDARD,
  ): void {
    const { tooLongUrl, keeps, successLasts } = profile.cache;
    if (successLasts && allowance.maxAge === 0) return;
    if (tooLongUrl !== null && request.url.length >= tooLongUrl) return;
    const key = keyOf(request, profile);
    const { maxAge } = allowance;
    const withCredentials = request.credentialsMode === 'include';
    const renewed = profile.cache.countsFromLast ? { maxAge, storedAt: now } : { maxAge };
    const remembered: Remembered = { withCredentials, storedAt: now, maxAge };
    if (keeps === 'responses') {
      this.#entries.set(key, [{ ...remembered, kind: 'response', allowance }]);
      return;
    }
    let entries = this.#fresh(key, now, profile);
    for (const token of tokensOf(allowance)) {
      const isMatch = (entry: CacheEntry): boolean => matches(entry, request, token, profile);
      // By the standard what is there already only gets another max-age; since when it is there does not
      // change.
      entries = entries.some(isMatch)
        ? entries.map((entry) => (isMatch(entry) ? { ...entry, ...renewed } : entry))
        : [...entries, { ...remembered, ...token }];
    }
    this.#entries.set(key, entries);
  }

  /**
   * Forgets what is known about a request's URL for its origin.
   *
   * @see https://fetch.spec.whatwg.org/#concept-cache-clear
   */
  clear(request: CacheableRequest, profile: Profile = STANDARD): void {
    for (const credentialsMode of ['include', 'omit'] as const) {
      this.#entries.delete(keyOf({ ...request, credentialsMode }, profile));
    }
  }

  #fresh(key: string, now: number, { cache }: Profile): readonly CacheEntry[] {
    const entries = this.#entries.get(key) ?? [];
    return entries.filter(
      ({ kind, storedAt, maxAge }) =>
        (kind === 'success' && cache.successLasts) || now < storedAt + maxAge * 1000,
    );
  }
}

// As a list in JSON: no text can be taken for another one's end.
function keyOf(
  { topLevelSite, origin, url, credentialsMode }: CacheableRequest,
  { cache }: Profile,
): string {
  const apart = cache.keepsCredentialsApart && credentialsMode === 'include';
  return JSON.stringify([topLevelSite ?? origin, origin, url, apart]);
}

type Token = Pick<TokenEntry, 'kind' | 'token'>;

function tokensOf({ methods, headerNames }: PreflightAllowance): readonly Token[] {
  return [
    { kind: 'success', token: '' },
    ...methods.map((token): Token => ({ kind: 'method', token })),
    ...headerNames.map((token): Token => ({ kind: 'header-name', token })),
  ];
}

/** The causes that no token answers. */
function unmatched(
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
function matches(
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
function allows(entry: ResponseEntry, request: CacheableRequest, profile: Profile): boolean {
  if (!mayServe(entry, request)) return false;
  const { wildcardCoversAuthorization } = profile.cache;
  // `*` means what it meant when it was stored: with credentials, a name like others.
  const credentialsMode = entry.withCredentials ? 'include' : 'omit';
  const asked = { ...request, credentialsMode } as const;
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
