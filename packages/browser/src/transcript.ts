/**
 * Transcript: what a browser did for one fetch, step by step, and what the page got of it.
 */
import type { PreflightCause } from './cors-preflight-request.js';
import type { FetchFailure } from './fetch-failure.js';
import type { HeaderList } from './header-list.js';
import type { ResponseTainting } from './origin-header.js';
import type { PageRequest } from './page-request.js';
import type { PreflightAllowance } from './preflight-check-result.js';
import type { ProfileName } from './profile.js';
import type { PreflightCheckName } from './profile-settings.js';
import type { FetchResponse } from './response.js';
import type { Verdict } from './verdict.js';

/**
 * A request as the server gets it. Browsers add headers of their own, as `User-Agent`.
 */
export interface SentRequest {
  readonly url: string;
  readonly method: string;
  /** The script's, and those of CORS. */
  readonly headers: HeaderList;
  readonly body: string | null;
  /** Whether cookies and the like go along. */
  readonly withCredentials: boolean;
}

/** One check, with its outcome; those after one that failed are not made. */
export interface Check {
  readonly name: PreflightCheckName;
  readonly ok: boolean;
  /** The clause of the standard. */
  readonly clause: string;
}

/** The preflight of a request, or why there was none in spite of its causes. */
export interface PreflightTranscript {
  /** Why one is needed. */
  readonly causes: readonly PreflightCause[];
  /** Whether an earlier one was remembered, so that none was sent. */
  readonly isCached: boolean;
  /** Null when none was sent. */
  readonly request: SentRequest | null;
  /** Null when none came. */
  readonly response: FetchResponse | null;
  readonly checks: readonly Check[];
  /** What was remembered of it, and for how many seconds; null for nothing. */
  readonly stored: PreflightAllowance | null;
}

/** A request to one URL; each redirect that is followed makes another one. */
export interface Hop {
  readonly url: string;
  readonly tainting: ResponseTainting;
  /** Null when none is needed. */
  readonly preflight: PreflightTranscript | null;
  /** Null when the request was not sent. */
  readonly request: SentRequest | null;
  /** Null when none came. */
  readonly response: FetchResponse | null;
  readonly checks: readonly Check[];
}

/** What the page gets to see of the response. */
export interface PageResponse {
  /** As `Response.type` has it. */
  readonly type: 'basic' | 'cors' | 'opaque' | 'opaqueredirect';
  /** 0 when the response is opaque. */
  readonly status: number;
  readonly headers: HeaderList;
  /** Empty when the response is opaque. */
  readonly url: string;
}

/**
 * What a browser did for one fetch.
 *
 * @example
 * ```ts
 * import { type PageRequest, simulateFetch } from '@cors/browser';
 *
 * declare const request: PageRequest;
 *
 * const { hops, page, verdict } = await simulateFetch(request, () => ({ status: 200, headers: [] }));
 * for (const { url, preflight } of hops) console.log(url, preflight?.causes);
 * console.log(page?.status ?? verdict.cause);
 * ```
 */
export interface Transcript {
  readonly request: PageRequest;
  readonly profile: ProfileName;
  readonly hops: readonly Hop[];
  /** Null when the page gets an error instead of a response. */
  readonly page: PageResponse | null;
  /** Where it failed, and why; null when the page gets a response. */
  readonly failure: FetchFailure | null;
  readonly verdict: Verdict;
}
