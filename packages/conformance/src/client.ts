/**
 * The client of a started target: one interface, whatever the way to it.
 *
 * Every way is bounded: by bytes, and by a deadline for each request that covers all of it, from
 * connecting to the last byte. A request that gets no whole reply ends in a `TransportError`.
 */
import type { WireRequest } from './audit.js';
import type { Exchange } from './exchange.js';
import { HarnessError } from './harness-error.js';
import { http2Client } from './http2-client.js';
import { memoryClient } from './memory-client.js';
import { rawHttp1Client } from './raw-http1-client.js';
import type { Address } from './target.js';

/** How far a client goes before it gives up. */
export interface ClientLimits {
  /** Milliseconds for one request and its reply. */
  readonly timeoutMs: number;
  /** Bytes of one reply's head, interim replies included. */
  readonly maxHeadBytes: number;
  /** Bytes of one reply's body. */
  readonly maxBodyBytes: number;
  /** Gives up all that is under way. */
  readonly signal?: AbortSignal;
}

/** Limits that no well-behaved reply to an audit reaches. */
export const defaultClientLimits: ClientLimits = {
  timeoutMs: 5_000,
  maxHeadBytes: 256 * 1024,
  maxBodyBytes: 4 * 1024 * 1024,
};

/** Sends requests to one address. Each call uses a connection of its own and closes it. */
export interface Client {
  readonly send: Exchange;
  /** Gives the reply when its head has arrived, with an empty body, and closes the connection. */
  readonly sendForHead: Exchange;
  /** Opens one connection for several requests, each after the reply to the last, and closes it. */
  readonly onOneConnection: <Result>(use: (send: Exchange) => Promise<Result>) => Promise<Result>;
  /** Sends the request in full, then breaks the connection off. */
  readonly sendAndAbort: (request: WireRequest) => Promise<void>;
}

/**
 * The client for an address.
 *
 * @throws a `HarnessError` when it is no address.
 */
export function createClient(address: Address, limits: Partial<ClientLimits> = {}): Client {
  const all = { ...defaultClientLimits, ...limits };
  if (address.protocol !== 'memory' && !isPort(address.port)) {
    throw new HarnessError(`The port ${String(address.port)} is none`, 'target');
  }
  switch (address.protocol) {
    case 'http/1.1':
      return rawHttp1Client(address, all);
    case 'h2c':
      return http2Client(address, all);
    case 'memory':
      return memoryClient(address.fetch, all);
    default:
      throw new HarnessError('The target gave no address of a known protocol', 'target');
  }
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port < 65_536;
}
