/**
 * Observations: what a real browser did with one step of an exchange.
 */
import type { HeaderList } from '@cors/browser';

/**
 * What became of a request:
 *
 * - `readable`, `opaque`, `opaqueredirect`: the script has a response of this kind;
 * - `blocked`: it has a network error, whatever the cause;
 * - `type-error`: the call threw before anything was sent;
 * - `not-observed`: nobody knows, for a reason of ours; a result only for those who count them.
 */
export type Outcome =
  | 'readable'
  | 'opaque'
  | 'opaqueredirect'
  | 'blocked'
  | 'type-error'
  | 'not-observed';

/** One step, observed. */
export interface Observation {
  /** The exchange's. */
  readonly id: string;
  /** The step's position. */
  readonly step: number;
  /** Those that arrived at the server, in order. */
  readonly requests: readonly ObservedRequest[];
  readonly outcome: Outcome;
  /** As the script sees it; null without a response. */
  readonly status: number | null;
  /** Lower-cased and sorted: of the names that the last answer had, those that the script sees. */
  readonly visibleHeaderNames: readonly string[];
  /** Whether the response came from another URL than the one asked for; null without a response. */
  readonly redirected: boolean | null;
  /** The `type` of `fetch()`'s response: `basic` and `cors` are both readable; null when unknown. */
  readonly responseType: string | null;
  /** What Chromium told its developer tools: null if it did not block, or not because of CORS. */
  readonly chromium?: ChromiumCorsError | null;
  /** The messages in Firefox's console, in order, each as a whole. */
  readonly firefox?: readonly string[];
  /** The error that the call threw, or why nothing was observed. */
  readonly problem?: string;
}

/** A request as it arrived. */
export interface ObservedRequest {
  readonly url: string;
  readonly method: string;
  /** The lines, in order. */
  readonly headers: HeaderList;
  readonly bodyLength: number;
  /** Scripts cannot set `Access-Control-Request-Method`: what has it is a preflight. */
  readonly isPreflight: boolean;
  /** Set if the exchange has no answer for this URL; it was answered 404, with nothing else. */
  readonly isUnplanned?: true;
}

/** `Network.CorsErrorStatus` of the Chrome DevTools Protocol. */
export interface ChromiumCorsError {
  readonly corsError: string;
  readonly failedParameter: string;
}
