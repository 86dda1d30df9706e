/**
 * Origin difference: in what `Access-Control-Allow-Origin` is not the origin, in words. To a browser
 * the two are unequal and that is all; a person looks for a slash for an hour.
 */
import { canParseUrl } from './can-parse-url.js';

// `localhost:3000` parses as a URL, of the scheme `localhost:`; nobody means that.
const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const LOOKS_LIKE_HOST = /^(?:localhost|[\w-]+(?:\.[\w-]+)+\.?)(?::\d+)?\/?$/i;

/** In what a value of `Access-Control-Allow-Origin` differs from the origin that it should be. */
export function originDifference(origin: string, allowOrigin: string): string {
  if (allowOrigin === '') return 'it is empty';
  if (origin === 'null') {
    return 'the request’s origin is opaque, as in a sandboxed frame, in a file, or after a redirect across origins';
  }
  if (allowOrigin === 'null') return 'null stands for sandboxed frames and files';
  if (/^["'`]|["'`]$/.test(allowOrigin)) return 'it has quotes around it';
  if (allowOrigin.includes('*')) return 'a * inside an origin is no wildcard';
  if (!HAS_SCHEME.test(allowOrigin)) {
    return LOOKS_LIKE_HOST.test(allowOrigin)
      ? 'it has no scheme, https:// or http://'
      : 'it is no origin';
  }
  if (!canParseUrl(origin)) return 'it is another origin';
  if (!canParseUrl(allowOrigin)) return 'it is no origin';
  const [wanted, given] = [new URL(origin), new URL(allowOrigin)];
  if (given.origin === wanted.origin) return sameButWritten(origin, allowOrigin, given);
  const differences = [
    differs('scheme', wanted.protocol.slice(0, -1), given.protocol.slice(0, -1)),
    hostDifference(wanted.hostname, given.hostname),
    differs('port', wanted.port || 'the default', given.port || 'the default'),
  ].filter((difference) => difference !== null);
  return differences.join('; ') || 'it is another origin';
}

/** Whether a value of `Access-Control-Allow-Origin` means the origin, and is only written wrong. */
export function isOriginWrittenWrong(origin: string, allowOrigin: string): boolean {
  const bare = allowOrigin.replace(/^["'`]+|["'`]+$/g, '');
  if (!canParseUrl(origin)) return false;
  const wanted = new URL(origin);
  const meant = HAS_SCHEME.test(bare) ? bare : `${wanted.protocol}//${bare}`;
  return canParseUrl(meant) && new URL(meant).origin === wanted.origin;
}

function differs(what: string, wanted: string, given: string): string | null {
  return wanted === given ? null : `its ${what} is ${given}, not ${wanted}`;
}

function sameButWritten(origin: string, allowOrigin: string, given: URL): string {
  if (allowOrigin === `${origin}/`) return 'it ends in a slash, and an origin does not';
  if (given.pathname !== '/' || given.search !== '' || given.hash !== '') {
    return 'it has a path, and an origin has none';
  }
  if (allowOrigin.toLowerCase() === origin) return 'it has capital letters, and an origin has none';
  if (given.username + given.password !== '') return 'it has a user name, and an origin has none';
  return 'an origin has lower case only, no default port, and no slash at its end';
}

function hostDifference(wanted: string, given: string): string | null {
  if (wanted === `www.${given}`) return `its host lacks the www. of ${wanted}`;
  if (given === `www.${wanted}`) return `its host has a www. that ${wanted} has not`;
  return differs('host', wanted, given);
}
