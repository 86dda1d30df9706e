/**
 * Requests: the part of them that CORS looks at.
 *
 * @see https://fetch.spec.whatwg.org/#requests
 */
import type { HeaderList } from './header-list.js';

/**
 * Whether cookies and the like go along: never, to the page's own origin only (what `fetch()` does
 * by itself), or always.
 *
 * @example
 * ```ts
 * import type { CredentialsMode } from '@cors/browser';
 *
 * const credentialsMode: CredentialsMode = 'include'; // fetch(url, { credentials: 'include' })
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#concept-request-credentials-mode
 */
export type CredentialsMode = 'omit' | 'same-origin' | 'include';

/**
 * A request in the form that it has once `fetch()` or `XMLHttpRequest` accepted it: `normalizeMethod`
 * and `authorRequestHeaders` make that of what a script passes.
 *
 * @example
 * ```ts
 * import { authorRequestHeaders, type FetchRequest, normalizeMethod } from '@cors/browser';
 *
 * const request: FetchRequest = {
 *   origin: 'https://app.example.com',
 *   credentialsMode: 'include',
 *   method: normalizeMethod('put'),
 *   headers: authorRequestHeaders([['Content-Type', 'application/json']]),
 * };
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#concept-request
 */
export interface FetchRequest {
  /** The origin as the `Origin` header names it: `https://app.example.com`, or `null` if opaque. */
  readonly origin: string;
  readonly credentialsMode: CredentialsMode;
  /** Normalized, and otherwise in the case that it is sent in. */
  readonly method: string;
  /** What the script set, without what it cannot set. */
  readonly headers: HeaderList;
  /**
   * Set by a listener on `XMLHttpRequest`'s `upload`, and by `fetch()` with a stream as its body.
   *
   * @see https://fetch.spec.whatwg.org/#use-cors-preflight-flag
   */
  readonly useCorsPreflight?: boolean | undefined;
}
