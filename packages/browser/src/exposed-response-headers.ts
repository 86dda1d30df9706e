/**
 * Exposed response headers: which headers of a cross-origin response a page gets to see.
 *
 * @see https://fetch.spec.whatwg.org/#concept-filtered-response-cors
 */
import { byteLowercase, stripTabsAndSpaces } from './byte-sequence.js';
import { extractHeaderListValues } from './extract-header-list-values.js';
import { getHeaderValue, type HeaderList } from './header-list.js';
import { type Profile, STANDARD } from './profile.js';
import type { CredentialsMode } from './request.js';
import type { FetchResponse } from './response.js';
import { isToken } from './token.js';

const SAFELISTED = new Set([
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
]);

const FORBIDDEN = new Set(['set-cookie', 'set-cookie2']);

/**
 * Whether no page gets to see a header, not even of a response from its own origin.
 *
 * @see https://fetch.spec.whatwg.org/#forbidden-response-header-name
 */
export function isForbiddenResponseHeaderName(name: string): boolean {
  return FORBIDDEN.has(byteLowercase(name));
}

/**
 * The names that a response exposes by `Access-Control-Expose-Headers`, lower-cased. `*` is all of
 * the response's own, or with credentials a name like others; a malformed list exposes nothing.
 *
 * @example
 * ```ts
 * import { corsExposedHeaderNames, type HeaderList } from '@cors/browser';
 *
 * const headers: HeaderList = [['ETag', '"7"'], ['Access-Control-Expose-Headers', '*']];
 * corsExposedHeaderNames({ headers }, 'omit'); // Set { 'etag', 'access-control-expose-headers' }
 * corsExposedHeaderNames({ headers }, 'include'); // Set { '*' }
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#concept-response-cors-exposed-header-name-list
 */
export function corsExposedHeaderNames(
  response: Pick<FetchResponse, 'headers'>,
  credentialsMode: CredentialsMode,
  profile: Profile = STANDARD,
): ReadonlySet<string> {
  const extracted = extractHeaderListValues('Access-Control-Expose-Headers', response.headers);
  const isMalformed = extracted.kind === 'failure' && !wildcardCounts(response.headers, profile);
  if (extracted.kind === 'null' || isMalformed) return new Set();
  const listed = extracted.kind === 'values' ? extracted.values : ['*'];
  const all = credentialsMode !== 'include' && listed.includes('*');
  if (!all && extracted.kind === 'failure') return new Set();
  const names = all ? response.headers.map(([name]) => name) : listed;
  return new Set(names.map(byteLowercase));
}

/** Whether a `*` counts in a list that is malformed: it stands before what is. */
function wildcardCounts(headers: HeaderList, { wildcardExposesBeforeMalformed }: Profile): boolean {
  if (!wildcardExposesBeforeMalformed) return false;
  const list = getHeaderValue('Access-Control-Expose-Headers', headers) ?? '';
  const members = list.split(',').map(stripTabsAndSpaces);
  const malformed = members.findIndex((member) => member !== '' && !isToken(member));
  return members.slice(0, malformed).includes('*');
}

/**
 * Whether a page gets to see a header: it is one of seven, or exposed and no cookie.
 *
 * @example
 * ```ts
 * import { isCorsSafelistedResponseHeaderName } from '@cors/browser';
 *
 * isCorsSafelistedResponseHeaderName('Content-Type', new Set()); // true
 * isCorsSafelistedResponseHeaderName('ETag', new Set(['etag'])); // true
 * isCorsSafelistedResponseHeaderName('Set-Cookie', new Set(['set-cookie'])); // false
 * ```
 *
 * @param exposed - From `corsExposedHeaderNames`.
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
 */
export function isCorsSafelistedResponseHeaderName(
  name: string,
  exposed: ReadonlySet<string>,
): boolean {
  const lower = byteLowercase(name);
  return SAFELISTED.has(lower) || (exposed.has(lower) && !isForbiddenResponseHeaderName(lower));
}

/**
 * The headers of a response that a page gets to see, as the server sent them.
 *
 * @example
 * ```ts
 * import { exposedResponseHeaders } from '@cors/browser';
 *
 * exposedResponseHeaders(
 *   { headers: [['Content-Type', 'text/html'], ['ETag', '"7"'], ['Set-Cookie', 'a=b']] },
 *   'same-origin',
 * ); // [['Content-Type', 'text/html']]
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#concept-filtered-response-cors
 */
export function exposedResponseHeaders(
  response: Pick<FetchResponse, 'headers'>,
  credentialsMode: CredentialsMode,
  profile: Profile = STANDARD,
): HeaderList {
  const exposed = corsExposedHeaderNames(response, credentialsMode, profile);
  return response.headers.filter(([name]) => isCorsSafelistedResponseHeaderName(name, exposed));
}
