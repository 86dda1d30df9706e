/**
 * Ways for a fetch to end in a network error, or before it begins: at which stage, and why.
 */
import type { CorsCheckFailure } from './cors-check.js';
import type { ScriptFailure } from './page-request.js';
import type { PreflightCheckFailure } from './preflight-check-result.js';
import type { RedirectFailure } from './redirect.js';

/**
 * The request may not go to where it should, whatever the server says:
 *
 * - `same-origin-mode-cross-origin-url`: the script asked for mode `same-origin`;
 * - `no-cors-redirect-mode`: mode `no-cors` leaves no choice about redirects across origins;
 * - `non-http-scheme`: only `http:` and `https:` have CORS.
 */
export interface ModeFailure {
  readonly reason:
    | 'same-origin-mode-cross-origin-url'
    | 'no-cors-redirect-mode'
    | 'non-http-scheme';
  readonly url: string;
}

/** No response came: the server is not there, or what it sent is no HTTP. */
export interface NetworkFailure {
  readonly reason: 'network-failure';
  readonly error: unknown;
}

/** The script asked for redirects to be errors. */
export interface RedirectModeFailure {
  readonly reason: 'redirect-mode-error';
  /** Null when the response does not say. */
  readonly location: string | null;
}

/** At which stage a fetch failed, and why. */
export type FetchFailure =
  | { readonly stage: 'script'; readonly failure: ScriptFailure }
  | { readonly stage: 'mode'; readonly failure: ModeFailure }
  | { readonly stage: 'preflight'; readonly failure: PreflightCheckFailure | NetworkFailure }
  | { readonly stage: 'response'; readonly failure: CorsCheckFailure | NetworkFailure }
  | { readonly stage: 'redirect'; readonly failure: RedirectFailure | RedirectModeFailure };
