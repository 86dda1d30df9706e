/**
 * CORS-preflight cache: what earlier preflights allowed, so that they need not be asked again. Kept by
 * top-level site, origin and URL, and forgotten after the seconds that the server gave.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-cache
 */
import {
  allows,
  type CacheEntry,
  isOver,
  matches,
  type Remembered,
  tokensOf,
  unmatched,
} from './cache-entry-match.js';
import { preflightCauses, type PreflightCause } from './cors-preflight-request.js';
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
    this.#touch(key);
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
    this.#makeRoom(key, now, profile);
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
      (entry) => (entry.kind === 'success' && cache.successLasts) || !isOver(entry, now),
    );
  }

  /** Puts a key last, where it is the last to go. */
  #touch(key: string): void {
    const entries = this.#entries.get(key);
    if (entries === undefined) return;
    this.#entries.delete(key);
    this.#entries.set(key, entries);
  }

  /** Where a browser keeps so many keys and no more: what is over goes, or else what was asked longest ago. */
  #makeRoom(key: string, now: number, { cache: { mostKeys } }: Profile): void {
    const isFull = (): boolean => mostKeys !== null && this.#entries.size >= mostKeys;
    if (this.#entries.has(key) || !isFull()) return;
    for (const [other, entries] of this.#entries) {
      if (entries.every((entry) => isOver(entry, now))) this.#entries.delete(other);
    }
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined && isFull()) this.#entries.delete(oldest);
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
