/**
 * The origin patterns that say the same as a RegExp that people write for origins, where there are
 * any: for the advice in a refused RegExp. The expression is only read, never run.
 */
import { type OriginPattern, readOriginPattern } from './origin-pattern.js';

const SCHEME = /^(?:\(\?:)?(https\?|https|http)\)?:(?:\\?\/){2}/;
const PORT =
  /(?:\(\?::?\\d[+*]\)\??|\(:\\d[+*]\)\??|\(\?::\\d[+*]\)\??|:\\d[+*]|:\(\\d[+*]\)|:\.[+*])$/;
const OPTIONAL_SUBDOMAIN = /^\((?:\?:)?(?:\.[+*]|\\w\+|\[[^\]]{1,20}\][+*])(?:\\\.|\.)\)[?*]/;
const SUBDOMAIN =
  /^(?:(?:\.[+*]\??|\\w\+|\[[^\]]{1,20}\][+*])?\\\.|\((?:\?:)?(?:\.[+*]|\\w\+|\[[^\]]{1,20}\][+*])\\\.\)\+?)/;
const LITERAL_HOST = /^[a-z0-9-]+(?:\\?\.[a-z0-9-]+)*$/i;

/** Patterns that match what the expression was probably meant to match; empty when none is clear. */
export function patternsOfRegExp(source: string): readonly OriginPattern[] {
  if (source.length > 300) return [];
  let rest = source.replace(/^\^/, '').replace(/\$$/, '');
  const scheme = SCHEME.exec(rest);
  rest = rest.slice(scheme?.[0].length ?? 0);
  const port = PORT.exec(rest);
  if (port !== null) rest = rest.slice(0, port.index);
  const optional = OPTIONAL_SUBDOMAIN.exec(rest);
  const subdomain = optional ?? SUBDOMAIN.exec(rest);
  rest = rest.slice(subdomain?.[0].length ?? 0);
  if (!LITERAL_HOST.test(rest)) return [];
  const host = rest.replace(/\\/g, '').toLowerCase();
  // A lone word, as in /example/, says too little to be a host.
  if (!host.includes('.') && host !== 'localhost') return [];
  const isLocal = host === 'localhost';
  const schemes =
    scheme?.[1] === 'https?' ? ['https', 'http'] : [scheme?.[1] ?? (isLocal ? 'http' : 'https')];
  // Without an end, an expression for the local machine was meant for whatever runs there.
  const anyPort = port !== null || (isLocal && scheme === null);
  const names = subdomain === null ? [host] : [`*.${host}`];
  // What begins anywhere ends the name of the host itself, and those of its subdomains.
  const isEnd = subdomain === null && scheme === null && !isLocal && !source.startsWith('^');
  if (isEnd) names.push(`*.${host}`);
  if (optional !== null) names.unshift(host);
  const patterns = schemes.flatMap((name) =>
    names.map((each) => readOriginPattern(`${name}://${each}${anyPort ? ':*' : ''}`)),
  );
  return patterns.every((pattern) => pattern !== null) ? patterns : [];
}
