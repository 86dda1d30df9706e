/**
 * What is wrong with a string that is no origin pattern, and what was probably meant. Only ever run
 * at start-up, on strings that `readOriginPattern` could not read.
 *
 * @see https://url.spec.whatwg.org/#concept-url-origin
 */
import { quote, SPLIT } from './describe-value.js';
import { readOriginPattern } from './origin-pattern.js';
import type { CorsProblemCode } from './problem.js';
import { isAddress, isSchemeWithoutOrigin, MAX_ORIGIN_LENGTH } from './serialized-origin.js';
import { parseUrl } from './whatwg-url.js';

/** A problem with one pattern, before it is known where in the options it stands. */
export interface PatternProblem {
  readonly code: CorsProblemCode;
  /** Why it cannot work: the second half of a sentence. */
  readonly why: string;
  /** `''` where it is to write what is meant. */
  readonly fix: string;
  /** The pattern that was probably meant; it is a right one. */
  readonly meant?: string;
}

/** Says what is wrong with a string that is no pattern. */
export function findPatternProblem(source: string): PatternProblem {
  return findProblemOfText(source) ?? findProblemOfScheme(source) ?? findProblemOfAuthority(source);
}

function findProblemOfText(source: string): PatternProblem | null {
  const trimmed = source.trim();
  if (trimmed === '') {
    return {
      code: 'origin-empty',
      why: 'an empty string is no origin (an unset environment variable reads so)',
      fix: "write the origin, as 'https://app.example.com'.",
    };
  }
  const parts = trimmed.split(/[\s,;|]+/, 3).filter((part) => part !== '');
  if (parts.length > 1) {
    return {
      code: 'origin-several-in-one-string',
      why: 'one string holds one origin, and browsers compare it whole',
      fix: trimmed.split(',').every((part) => readOriginPattern(part.trim()) !== null)
        ? `make a list of it: ${SPLIT}.`
        : 'make a list of it, with one origin in each string.',
    };
  }
  if (source.length > MAX_ORIGIN_LENGTH) {
    return {
      code: 'origin-too-long',
      why: `it is longer than an origin can be (${String(MAX_ORIGIN_LENGTH)} characters)`,
      fix: 'write the origin alone: scheme, host (253 characters at most) and port.',
    };
  }
  const bare = parts[0] ?? trimmed;
  return bare === source
    ? null
    : meant('origin-not-serialized', 'white space or a separator stands around it', bare);
}

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;
/** Schemes of addresses that have no host, and so no `//`. */
const OTHER_SCHEME = /^(file|data|blob|javascript|about|mailto):/i;
const WORDS = /^(?:null|undefined|true|false|none|any)$/i;

function findProblemOfScheme(source: string): PatternProblem | null {
  const scheme = SCHEME.exec(source)?.[1];
  if (scheme === undefined && WORDS.test(source)) {
    return {
      code: 'origin-scheme-missing',
      why: 'it is a word, and no origin (a value that was turned into text?)',
      fix: "write the origin, as 'https://app.example.com'; the opaque origin is 'null', in lower case.",
    };
  }
  const other = OTHER_SCHEME.exec(source)?.[1];
  if (scheme === undefined && other !== undefined) return refusedScheme(other.toLowerCase());
  if (scheme === undefined) {
    const rest = source.replace(/^(?:https?:)?\/{0,3}/i, '');
    const local = /^(?:localhost|127\.|\[::1\])/.test(rest);
    return meant(
      'origin-scheme-missing',
      'an origin begins with its scheme and ://',
      `${local ? 'http' : 'https'}://${rest}`,
    );
  }
  const lower = scheme.toLowerCase();
  if (isSchemeWithoutOrigin(lower)) return refusedScheme(lower);
  if (scheme.length > 64) {
    return {
      code: 'origin-scheme-refused',
      why: 'its scheme is longer than 64 characters',
      fix: 'write the scheme as the application registers it.',
    };
  }
  if (scheme !== lower) {
    const why = 'browsers send the scheme in lower case, and compare it so';
    return meant('origin-not-serialized', why, lower + source.slice(scheme.length));
  }
  return null;
}

function refusedScheme(scheme: string): PatternProblem {
  return {
    code: 'origin-scheme-refused',
    why: `no page's origin has the scheme ${quote(scheme)}`,
    fix: scheme.startsWith('ws')
      ? `write the origin of the page that opens the socket, as '${scheme.replace('ws', 'http')}://app.example.com'.`
      : 'serve the page over https: and write its origin; such pages have the opaque origin null.',
  };
}

function findProblemOfAuthority(source: string): PatternProblem {
  const scheme = source.slice(0, source.indexOf(':'));
  const rest = source.slice(scheme.length + 3);
  const pathStart = rest.search(/[/?#\\]/);
  if (pathStart !== -1) {
    const part =
      rest.charAt(pathStart) === '/' ? 'a path or a trailing slash' : 'more than host and port';
    return meant(
      'origin-path',
      `it has ${part}; an origin ends with its host or port`,
      `${scheme}://${rest.slice(0, pathStart)}`,
    );
  }
  if (rest.includes('@')) {
    return meant(
      'origin-userinfo',
      'an origin has no user name or password',
      `${scheme}://${rest.slice(rest.lastIndexOf('@') + 1)}`,
    );
  }
  if (scheme !== 'http' && scheme !== 'https') return findProblemOfCustom(rest);
  const subdomains = rest.startsWith('*.');
  const anyPort = rest.endsWith(':*');
  const authority = rest.slice(subdomains ? 2 : 0, anyPort ? -2 : undefined);
  if (authority.includes('*') || (authority === '' && rest !== '')) return WILDCARD;
  // One port is known and any is asked for: to advise either would be to guess.
  if (anyPort && /:[^\]]*$/.test(authority)) return PORT;
  const url = parseUrl(`${scheme}://${authority}`);
  if (url === null) return findProblemOfUnparsed(authority);
  if (subdomains && isAddress(url.hostname)) return WILDCARD;
  if (url.port === '0') return PORT;
  const port = anyPort ? ':*' : url.port === '' ? '' : `:${url.port}`;
  const canonical = `${scheme}://${subdomains ? '*.' : ''}${url.hostname}${port}`;
  if (canonical === source) {
    return {
      code: 'origin-malformed',
      why: 'its host is too long, or has an empty label or a character that no host name has',
      fix: 'write the host as it stands in the address bar: letters, digits, `-`, `_` and dots.',
    };
  }
  return meant('origin-not-serialized', whyNotSerialized(authority, url.hostname), canonical);
}

function whyNotSerialized(authority: string, hostname: string): string {
  if (authority.startsWith(hostname))
    return 'browsers send no default port, no leading zeros and no bare colon';
  if (authority.startsWith('[')) return 'browsers send IPv6 addresses compressed, in lower case';
  if (isAddress(hostname)) return 'browsers send IPv4 addresses as four decimal numbers';
  return 'browsers send the host in lower-case ASCII (punycode), and compare it so';
}

const WILDCARD: PatternProblem = {
  code: 'origin-wildcard',
  why: 'a `*` stands only for all subdomains, as whole labels at the front, or for any port',
  fix: "write 'https://*.example.com', 'http://localhost:*', or list the origins.",
};

const PORT: PatternProblem = {
  code: 'origin-port',
  why: 'a port is a number from 1 to 65535 without leading zeros',
  fix: "write the port, or ':*' for any port.",
};

function findProblemOfUnparsed(authority: string): PatternProblem {
  const port = /^(?:[^:[\]]+|\[[^\]]*\]):(.*)$/.exec(authority)?.[1];
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) return PORT;
  return {
    code: 'origin-malformed',
    why: 'its host is none that a URL can have',
    fix: "write the origin as the browser's `location.origin` shows it.",
  };
}

function findProblemOfCustom(rest: string): PatternProblem {
  if (rest.includes('*')) {
    return {
      code: 'origin-wildcard',
      why: 'origins of other schemes than http and https are compared whole',
      fix: "list each one, as 'capacitor://localhost'.",
    };
  }
  return {
    code: 'origin-malformed',
    why: 'after the scheme it needs a host of letters, digits, `.`, `_`, `~` or `-`, and at most a port',
    fix: "write the origin as the app's `location.origin` shows it, as 'capacitor://localhost'.",
  };
}

/** A problem whose mending gives `text`, if that is a right pattern; else what is wrong with that. */
function meant(code: CorsProblemCode, why: string, text: string): PatternProblem {
  if (readOriginPattern(text) !== null) return { code, why, fix: '', meant: text };
  // The advice must work as it stands, so it is that of the innermost problem.
  const { fix, meant: right } = findPatternProblem(text);
  return { code, why, fix, ...(right === undefined ? {} : { meant: right }) };
}
