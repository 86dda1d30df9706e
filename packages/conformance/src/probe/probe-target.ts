/**
 * A server that runs already, as a target: there is nothing to start and nothing to close.
 */
import { createClient } from '../client.js';
import { request } from '../audits/requests.js';
import { HarnessError } from '../harness-error.js';
import type { Address, Target } from '../target.js';
import type { ProbeOptions } from './probe-options.js';
import { probeSubject } from './probe-options.js';
import type { WireResponse } from '../audit.js';

/** The target of a probe. */
export function probeTarget(options: ProbeOptions): Target {
  return {
    name: options.url,
    capabilities: ['http1', 'raw-bytes'],
    start: () => Promise.resolve({ address: addressOf(options), close: () => Promise.resolve() }),
  };
}

/**
 * Sends the request that every audit stands on.
 *
 * @throws a `HarnessError` when no reply comes: then there is nothing to judge.
 */
export async function reach(options: ProbeOptions, timeoutMs: number): Promise<WireResponse> {
  const { path, allowedOrigin } = probeSubject(options);
  try {
    return await createClient(addressOf(options), { timeoutMs }).send(
      request('GET', path, allowedOrigin),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const hint = /certificate/i.test(reason) ? '. With --insecure any certificate is taken' : '';
    throw new HarnessError(`${options.url} cannot be reached: ${reason}${hint}`, 'target', error);
  }
}

function addressOf({ url, insecure = false }: ProbeOptions): Address {
  const { protocol, hostname, port } = new URL(url);
  // An address of IPv6 stands in brackets in a URL only.
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const isSecure = protocol === 'https:';
  return {
    protocol: 'http/1.1',
    host,
    port: Number(port || (isSecure ? 443 : 80)),
    ...(isSecure && { tls: { anyCertificate: insecure } }),
  };
}
