/**
 * Origins that look like an allowed one, by the mistake that would let them in. They are made for any
 * allowed origin; of the server's other origins nothing is known, so that what its operator may well
 * have meant (a subdomain, another port) is told apart from what nobody can mean.
 */
import { separators } from '../audits/origin-characters.js';

/** A name that is reserved, so that nobody is accused: https://www.rfc-editor.org/rfc/rfc2606#section-3 */
const EVIL = 'evil.example';

interface OriginParts {
  readonly scheme: string;
  /** An IPv6 address in its brackets. */
  readonly host: string;
  /** With its colon; empty for none. */
  readonly port: string;
}

/** Takes an origin apart. */
function partsOf(origin: string): OriginParts {
  const [, scheme = '', host = '', port = ''] = /^([^:]*):\/\/(.*?)(:\d*)?$/.exec(origin) ?? [];
  return { scheme, host, port };
}

/** Names that anybody can register, and that begin, end or nearly read as the allowed one. */
export function lookAlikeNames(origin: string): readonly string[] {
  const { scheme, host, port } = partsOf(origin);
  const labels = host.split('.');
  const isName = !host.startsWith('[');
  const hosts = [
    `${host}.${EVIL}`,
    `${host}${EVIL}`,
    ...(isName ? [`evil${registrable(labels)}`, `evil-${registrable(labels)}`] : []),
    // The dots of a pattern that stand for any character.
    ...(isName ? labels.slice(1).map((_, index) => withoutDot(labels, index)) : []),
    ...(isName && (labels.at(-1)?.length ?? 0) > 2 ? [host.slice(0, -1)] : []),
  ];
  return [
    ...hosts.map((name) => `${scheme}://${name}${port}`),
    ...(port === '' ? [] : [`${scheme}://${host}.${EVIL}`, `${origin}.${EVIL}`]),
    `${scheme}://${EVIL}${origin}`,
    `${origin}${scheme}://${EVIL}`,
  ];
}

/** What an attacker would put a word in front of: `example.com`, and not a neighbour under it. */
function registrable(labels: readonly string[]): string {
  // Of names under two short labels, as co.uk, nobody can have fewer than three.
  const isUnderTwo = labels.length > 2 && (labels.at(-2)?.length ?? 0) <= 3;
  return labels.slice(isUnderTwo ? -3 : -2).join('.');
}

function withoutDot(labels: readonly string[], index: number): string {
  return `${labels.slice(0, index + 1).join('.')}x${labels.slice(index + 1).join('.')}`;
}

/** The allowed name, a special character, and the attacker's own name behind it. */
export function specialCharacterNames(origin: string): readonly string[] {
  const { scheme, host, port } = partsOf(origin);
  return separators.flatMap((separator) => [
    `${scheme}://${host}${separator}.${EVIL}${port}`,
    `${scheme}://${host}.${separator}${EVIL}${port}`,
  ]);
}

/** Names under the allowed one. */
export function subdomains(origin: string): readonly string[] {
  const { scheme, host, port } = partsOf(origin);
  return host.startsWith('[') ? [] : [`${scheme}://evil.${host}${port}`];
}

/** The allowed name with other ports. */
export function otherPorts(origin: string): readonly string[] {
  const { scheme, host, port } = partsOf(origin);
  const others = port === '' ? [':8443', ':1'] : ['', `${port}1`];
  return others.map((other) => `${scheme}://${host}${other}`);
}

/** What no browser sends as the port of the allowed origin. */
export function malformedPorts(origin: string): readonly string[] {
  const { scheme, host } = partsOf(origin);
  return [':', ':0', ':65536', ':443x', `:443@${EVIL}`].map((port) => `${scheme}://${host}${port}`);
}

/** The allowed name by other schemes. */
export function otherSchemes(origin: string): readonly string[] {
  const { scheme, host, port } = partsOf(origin);
  const others = ['http', 'https', 'ftp', `x${scheme}`].filter((other) => other !== scheme);
  return others.map((other) => `${other}://${host}${port}`);
}

/** The allowed name with a dot behind it. */
export function trailingDot(origin: string): readonly string[] {
  const { scheme, host, port } = partsOf(origin);
  return host.startsWith('[') ? [] : [`${scheme}://${host}.${port}`];
}

/** Parts of a URL, which an origin does not have, and what lacks the parts that it has. */
export function urlParts(origin: string): readonly string[] {
  const { scheme, host, port } = partsOf(origin);
  return [
    `${origin}@${EVIL}`,
    `${scheme}://${EVIL}@${host}${port}`,
    `${origin}/`,
    ...['#', '?', '/', '\\', '%2f', '%00'].map(
      (mark) => `${scheme}://${EVIL}${mark}.${host}${port}`,
    ),
    `${host}${port}`,
    `//${host}${port}`,
  ];
}

/** The allowed origin in another case. */
export function otherCase(origin: string): readonly string[] {
  const { scheme, host, port } = partsOf(origin);
  const others = [
    `${scheme}://${host.toUpperCase()}${port}`,
    `${scheme.toUpperCase()}://${host}${port}`,
  ];
  // A host of digits has no case.
  return others.filter((other) => other !== origin);
}

/** Values that are no origin at all. */
export const words: readonly string[] = ['', 'undefined', 'NULL', '*', 'https://*'];
