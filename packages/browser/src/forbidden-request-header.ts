/**
 * Forbidden request-headers: what a script cannot set, and what is dropped without a word when it
 * tries. They never cause a preflight, since they are gone before one is thought of.
 *
 * @see https://fetch.spec.whatwg.org/#forbidden-request-header
 */
import { byteLowercase, stripTabsAndSpaces } from './byte-sequence.js';
import { isForbiddenMethod } from './method.js';

const NAMES = new Set([
  'accept-charset',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'connection',
  'content-length',
  'cookie',
  'cookie2',
  'date',
  'dnt',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'referer',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

const PREFIXES = ['proxy-', 'sec-'];

// Servers take the method from these in place of the request's own, so they could smuggle one.
const METHOD_OVERRIDES = new Set(['x-http-method', 'x-http-method-override', 'x-method-override']);

/**
 * Whether a script cannot set a request header, by its name or, for three names, by its value.
 *
 * @example
 * ```ts
 * import { isForbiddenRequestHeader } from '@cors/browser';
 *
 * isForbiddenRequestHeader('Cookie', 'a=b'); // true
 * isForbiddenRequestHeader('X-HTTP-Method-Override', 'GET, trace'); // true
 * isForbiddenRequestHeader('X-HTTP-Method-Override', 'DELETE'); // false
 * isForbiddenRequestHeader('User-Agent', 'x'); // false: it once was, and is no longer
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#forbidden-request-header
 */
export function isForbiddenRequestHeader(name: string, value: string): boolean {
  const lower = byteLowercase(name);
  if (NAMES.has(lower) || PREFIXES.some((prefix) => lower.startsWith(prefix))) return true;
  return METHOD_OVERRIDES.has(lower) && splitValue(value).some(isForbiddenMethod);
}

/**
 * A value's members: split at the commas that stand outside quoted strings, quotes kept.
 *
 * @see https://fetch.spec.whatwg.org/#header-value-get-decode-and-split
 */
function splitValue(value: string): string[] {
  const members: string[] = [];
  let start = 0;
  let quoted = false;
  for (let index = 0; index < value.length; index += 1) {
    const char = value.charAt(index);
    if (char === '"') {
      quoted = !quoted;
    } else if (quoted && char === '\\') {
      // Whatever follows is part of the string, a quote too.
      index += 1;
    } else if (!quoted && char === ',') {
      members.push(value.slice(start, index));
      start = index + 1;
    }
  }
  members.push(value.slice(start));
  return members.map(stripTabsAndSpaces);
}
