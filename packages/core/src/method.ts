/**
 * Methods: which ones a server may grant, and how they are spelt.
 *
 * @see https://fetch.spec.whatwg.org/#methods
 */

/**
 * Whether a method is forbidden: no script can send it, so granting it is dead.
 *
 * @see https://fetch.spec.whatwg.org/#forbidden-method
 */
export function isForbiddenMethod(method: string): boolean {
  const upper = method.toUpperCase();
  return upper === 'CONNECT' || upper === 'TRACE' || upper === 'TRACK';
}

/**
 * Whether a method is CORS-safelisted, and so needs no grant of its own.
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-method
 */
export function isSafelistedMethod(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'POST';
}

/**
 * Whether browsers put the method in upper case by themselves, so that none sends it otherwise.
 *
 * @see https://fetch.spec.whatwg.org/#concept-method-normalize
 */
export function isNormalizedMethod(method: string): boolean {
  return /^(?:DELETE|GET|HEAD|OPTIONS|POST|PUT)$/i.test(method);
}

/** Registered methods that a person may mistype in another case. */
const KNOWN_METHODS: ReadonlySet<string> = new Set(
  (
    'GET HEAD POST PUT DELETE OPTIONS PATCH QUERY ' +
    'ACL BASELINE-CONTROL BIND CHECKIN CHECKOUT COPY LABEL LINK LOCK M-SEARCH MERGE MKACTIVITY ' +
    'MKCALENDAR MKCOL MKREDIRECTREF MKWORKSPACE MOVE NOTIFY ORDERPATCH PROPFIND PROPPATCH PURGE REBIND ' +
    'REPORT SEARCH SUBSCRIBE UNBIND UNCHECKOUT UNLINK UNLOCK UNSUBSCRIBE UPDATE UPDATEREDIRECTREF ' +
    'VERSION-CONTROL'
  ).split(' '),
);

/**
 * The right spelling of a known method that stands in another case, or null. Methods are
 * case-sensitive, and browsers upper-case only six of them: `patch` goes out as `patch`.
 *
 * @see https://fetch.spec.whatwg.org/#concept-method-normalize
 */
export function rightMethodCase(method: string): string | null {
  const upper = method.toUpperCase();
  return upper !== method && KNOWN_METHODS.has(upper) ? upper : null;
}
