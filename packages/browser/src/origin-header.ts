/**
 * The `Origin` header of a request: when it is sent, and what it says.
 *
 * @see https://fetch.spec.whatwg.org/#append-a-request-origin-header
 */
import { type Profile, STANDARD } from './profile.js';
import { isSameOrigin, serializeOrigin, serializeRequestOrigin } from './origin.js';

/**
 * What a page asks a request to be. `navigate` and `websocket` are not for scripts to choose.
 *
 * @see https://fetch.spec.whatwg.org/#concept-request-mode
 */
export type RequestMode =
  | 'cors'
  | 'no-cors'
  | 'same-origin'
  | 'navigate'
  | 'websocket'
  | 'webtransport';

/**
 * How much of a response is for the page: all of it, what CORS lets through, or nothing.
 *
 * @see https://fetch.spec.whatwg.org/#concept-request-response-tainting
 */
export type ResponseTainting = 'basic' | 'cors' | 'opaque';

/** @see https://w3c.github.io/webappsec-referrer-policy/#referrer-policies */
export type ReferrerPolicy =
  | ''
  | 'no-referrer'
  | 'no-referrer-when-downgrade'
  | 'origin'
  | 'origin-when-cross-origin'
  | 'same-origin'
  | 'strict-origin'
  | 'strict-origin-when-cross-origin'
  | 'unsafe-url';

/** What decides about the `Origin` header. */
export interface OriginHeaderRequest {
  /** The page's, serialized. */
  readonly origin: string;
  /** Where the request went first, and where each redirect led it. */
  readonly urlList: readonly string[];
  readonly mode: RequestMode;
  /** Normalized. */
  readonly method: string;
  readonly tainting: ResponseTainting;
  /** `strict-origin-when-cross-origin` when absent or empty. */
  readonly referrerPolicy?: ReferrerPolicy | undefined;
}

/**
 * The value of the `Origin` header that a request carries; null when it carries none.
 *
 * @example
 * ```ts
 * import { originHeader } from '@cors/browser';
 *
 * const page = { origin: 'https://app.example.com', mode: 'cors', method: 'GET' } as const;
 * originHeader({ ...page, urlList: ['https://api.example.com/'], tainting: 'cors' }); // 'https://app.example.com'
 * originHeader({ ...page, urlList: ['https://app.example.com/'], tainting: 'basic' }); // null
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#append-a-request-origin-header
 */
export function originHeader(
  request: OriginHeaderRequest,
  { referrerPolicyHidesOrigin, noCorsRedirectsHideOrigin }: Profile = STANDARD,
): string | null {
  const { mode, method, tainting } = request;
  const serialized = serializeRequestOrigin(request.origin, request.urlList);
  if (tainting === 'cors' || mode === 'websocket' || mode === 'webtransport') return serialized;
  if (method === 'GET' || method === 'HEAD') return null;
  if (noCorsRedirectsHideOrigin && mode === 'no-cors' && hasCrossed(request.urlList)) return 'null';
  const mayBeHidden = mode !== 'cors' && referrerPolicyHidesOrigin;
  return mayBeHidden && isHiddenByReferrerPolicy(request) ? 'null' : serialized;
}

/** Whether a redirect led from one origin to another. */
function hasCrossed(urlList: readonly string[]): boolean {
  const [first, ...others] = urlList.map(serializeOrigin);
  return others.some((origin) => origin !== first);
}

function isHiddenByReferrerPolicy({
  origin,
  urlList,
  referrerPolicy,
}: OriginHeaderRequest): boolean {
  const url = urlList.at(-1) ?? '';
  switch (referrerPolicy) {
    case 'no-referrer':
      return true;
    case 'same-origin':
      return !isSameOrigin(origin, serializeOrigin(url));
    case 'origin':
    case 'origin-when-cross-origin':
    case 'unsafe-url':
      return false;
    default:
      return origin.startsWith('https:') && !url.startsWith('https:');
  }
}
