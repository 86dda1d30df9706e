/**
 * Serialized origins: the grammar of the `Origin` header's value, read by position, so that looking
 * at an origin allocates nothing.
 *
 * It is stricter than the URL parser on purpose: a browser only ever sends the parser's output.
 * Hosts hold letters, digits, `-`, `_` and dots; a label is never empty; one trailing dot is part of
 * the name.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
 * @see https://fetch.spec.whatwg.org/#origin-header
 */
import { parseUrl } from './whatwg-url.js';

const MAX_SCHEME_LENGTH = 64;
const MAX_HOST_LENGTH = 253;
const MAX_PORT = 65_535;
/** Scheme, `://`, host, and `:65535`. Nothing longer is looked at. */
export const MAX_ORIGIN_LENGTH: number = MAX_SCHEME_LENGTH + 3 + MAX_HOST_LENGTH + 6;

const DOT = 0x2e;
const COLON = 0x3a;
const LEFT_BRACKET = 0x5b;
const CUSTOM_ORIGIN =
  /^([a-z][a-z0-9+.-]{0,63}):\/\/([A-Za-z0-9._~-]{1,253})(?::([1-9][0-9]{0,4}))?$/;
const IPV4_ADDRESS =
  /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;
const NUMBER_LABEL = /(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$/;

/**
 * Schemes whose documents have an opaque origin (serialized as `null`), or that never send `Origin`
 * under their own name.
 */
const SCHEMES_WITHOUT_ORIGIN: ReadonlySet<string> = new Set(
  'file ws wss ftp data blob javascript about'.split(' '),
);

/** Whether no page of this scheme sends an origin that a policy could name. */
export function isSchemeWithoutOrigin(scheme: string): boolean {
  return SCHEMES_WITHOUT_ORIGIN.has(scheme);
}

/** Where the host begins in an `http:` or `https:` origin; 0 for any other scheme. */
export function hostStartOf(origin: string): number {
  if (origin.startsWith('https://')) return 8;
  return origin.startsWith('http://') ? 7 : 0;
}

/**
 * Where the host that begins at `start` ends: the index of the port's colon, or the string's length.
 * -1 when what stands there is no host. An IPv6 address is only delimited here, not judged.
 */
export function hostEndOf(origin: string, start: number): number {
  if (origin.charCodeAt(start) === LEFT_BRACKET) return origin.indexOf(']', start) + 1 || -1;
  const length = origin.length;
  let labelStart = start;
  let index = start;
  for (; index < length; index += 1) {
    const code = origin.charCodeAt(index);
    if (code === DOT) {
      if (index === labelStart) return -1;
      labelStart = index + 1;
    } else if (code === COLON) {
      break;
    } else if (!isLabelCode(code)) {
      return -1;
    }
  }
  return index > start && index - start <= MAX_HOST_LENGTH ? index : -1;
}

function isLabelCode(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) || // a to z
    (code >= 0x30 && code <= 0x39) || // 0 to 9
    code === 0x2d || // -
    code === 0x5f // _
  );
}

/**
 * The port after the host's end: 0 when the origin has none (the scheme's default port), -1 when
 * what stands there is no port, or one that a serialization would leave out.
 */
export function portOf(origin: string, hostEnd: number): number {
  const length = origin.length;
  if (hostEnd === length) return 0;
  if (origin.charCodeAt(hostEnd) !== COLON) return -1;
  let port = 0;
  for (let index = hostEnd + 1; index < length; index += 1) {
    const digit = origin.charCodeAt(index) - 0x30;
    // A leading zero is no serialization either, and so is port 0, which nothing listens on.
    if (digit < 0 || digit > 9 || (port === 0 && digit === 0)) return -1;
    port = port * 10 + digit;
  }
  const defaultPort = origin.startsWith('https') ? 443 : 80;
  return port === 0 || port > MAX_PORT || port === defaultPort ? -1 : port;
}

/**
 * Whether the last label of a host makes the URL parser read the whole as an IPv4 address.
 *
 * @see https://url.spec.whatwg.org/#ends-in-a-number-checker
 */
export function endsInNumber(host: string): boolean {
  return NUMBER_LABEL.test(host);
}

/** Whether a host is an IPv4 address as the URL parser writes it: four decimal numbers. */
export function isIpv4Address(host: string): boolean {
  return IPV4_ADDRESS.test(host);
}

/** Whether a host is an IP address, and so has no subdomains. */
export function isAddress(host: string): boolean {
  return host.startsWith('[') || isIpv4Address(host);
}

/** Whether the value is an origin that a browser could send: not `null`, one, and well-formed. */
export function isSerializedOrigin(origin: string): boolean {
  if (origin.length > MAX_ORIGIN_LENGTH) return false;
  const start = hostStartOf(origin);
  if (start === 0) return isCustomOrigin(origin);
  const end = hostEndOf(origin, start);
  if (end === -1 || portOf(origin, end) === -1) return false;
  // An address has one spelling, which the platform knows.
  if (origin.charCodeAt(start) === LEFT_BRACKET) return parseUrl(origin)?.origin === origin;
  if (!lastLabelBeginsWithDigit(origin, start, end)) return true;
  const host = origin.slice(start, end);
  return !endsInNumber(host) || isIpv4Address(host);
}

/** Only then can a host end in a number. So few do that the others need no copy of theirs. */
function lastLabelBeginsWithDigit(origin: string, start: number, end: number): boolean {
  const last = origin.charCodeAt(end - 1) === DOT ? end - 2 : end - 1;
  const code = origin.charCodeAt(Math.max(start, origin.lastIndexOf('.', last) + 1));
  return code >= 0x30 && code <= 0x39;
}

/**
 * Whether the value is an origin of another scheme than `http:` and `https:`, as apps and extensions
 * send it. The standards leave its host to the scheme, so its bytes are compared as they stand.
 */
export function isCustomOrigin(origin: string): boolean {
  const match = CUSTOM_ORIGIN.exec(origin);
  if (match === null) return false;
  const [, scheme = '', , port = ''] = match;
  if (scheme === 'http' || scheme === 'https' || isSchemeWithoutOrigin(scheme)) return false;
  return Number(port) <= MAX_PORT;
}
