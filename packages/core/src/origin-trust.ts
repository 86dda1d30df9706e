/**
 * Trust in an origin's transport: whether `http:` to a host can be read and changed by whoever sits
 * on the network, who could then use the grant with the user's credentials.
 *
 * @see https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy
 */
import { isIpv4Address } from './serialized-origin.js';

/** Whether traffic to the host never leaves the machine. The host is as an origin writes it. */
export function isLoopbackHost(host: string): boolean {
  const name = host.endsWith('.') ? host.slice(0, -1) : host;
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    (host.startsWith('127.') && isIpv4Address(host))
  );
}

/** Whether the origin is `http:` to a host that is not loopback. Other schemes are not insecure. */
export function isInsecureOrigin(origin: string): boolean {
  if (!origin.startsWith('http://')) return false;
  const end = origin.indexOf(':', origin.indexOf(']') + 1 || 'http://'.length);
  return !isLoopbackHost(origin.slice('http://'.length, end === -1 ? origin.length : end));
}
