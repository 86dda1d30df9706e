/**
 * One HTTP/1.1 connection over a socket, for one request after another.
 *
 * https://www.rfc-editor.org/rfc/rfc9112#section-9.3
 */
import type { Buffer } from 'node:buffer';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

import type { WireRequest, WireResponse } from './audit.js';
import { boundedExchange } from './bounded-exchange.js';
import type { ClientLimits } from './client.js';
import { Http1Reply } from './http1-reply.js';
import { http1RequestBytes } from './http1-request-bytes.js';
import type { TlsSettings } from './target.js';
import { TransportError, transportErrorFrom } from './transport-error.js';

/** Where to connect. */
export interface SocketAddress {
  readonly host: string;
  readonly port: number;
  /** Absent: a plain connection. */
  readonly tls?: TlsSettings;
}

/** What an exchange waits for: the whole reply, or its head alone. */
export type WaitFor = 'reply' | 'head';

/** A connection; it is made at once and must be closed. */
export class Http1Connection {
  readonly #socket: Socket;
  readonly #authority: string;
  readonly #limits: ClientLimits;
  /** Why the connection can be used no more. */
  #broken: TransportError | undefined;
  /** What the exchange under way wants to know. */
  #listener: ConnectionListener | undefined;

  constructor(address: SocketAddress, limits: ClientLimits) {
    this.#authority = authorityOf(address);
    this.#limits = limits;
    this.#socket = openSocket(address);
    this.#socket.on('data', (bytes) => this.#receive(bytes));
    this.#socket.on('end', () => this.#finish());
    this.#socket.on('error', (error) => this.#break(transportErrorFrom(error)));
    this.#socket.on('close', () => {
      this.#break(new TransportError('reset', 'the connection broke off'));
    });
  }

  /** Sends a request and waits for its reply; only one at a time. */
  exchange(request: WireRequest, waitFor: WaitFor): Promise<WireResponse> {
    const reply = new Http1Reply(request.method, this.#limits);
    return boundedExchange<WireResponse>(this.#limits, ({ succeed, fail }) => {
      const failWith = (error: TransportError): void => {
        fail(
          new TransportError(error.code, error.message, { cause: error, partial: reply.soFar() }),
        );
      };
      const check = (progress: () => void): void => {
        try {
          progress();
          const response = finished(reply, waitFor);
          if (response !== undefined) succeed(response);
        } catch (error) {
          failWith(transportErrorFrom(error));
        }
      };
      this.#listener = {
        received: (bytes) => check(() => reply.push(bytes)),
        ended: () => check(() => reply.end()),
        broke: failWith,
      };
      if (this.#broken !== undefined) failWith(this.#broken);
      else this.#socket.write(http1RequestBytes(request, this.#authority));
      return {
        soFar: () => reply.soFar(),
        release: () => {
          this.#listener = undefined;
        },
      };
    });
  }

  /** Sends a request and resolves when all of it has left, whatever comes back. */
  sendOnly(request: WireRequest): Promise<void> {
    return boundedExchange<void>(this.#limits, ({ succeed, fail }) => {
      this.#listener = { received: () => undefined, ended: () => undefined, broke: fail };
      this.#socket.write(http1RequestBytes(request, this.#authority), (error) => {
        if (error) fail(transportErrorFrom(error));
        else succeed();
      });
      return {};
    });
  }

  /** Ends the connection at once. */
  close(): void {
    this.#listener = undefined;
    this.#socket.destroy();
  }

  #receive(bytes: Buffer): void {
    if (this.#listener !== undefined) this.#listener.received(bytes);
    else this.#break(new TransportError('malformed', 'bytes came that no request had asked for'));
  }

  #finish(): void {
    this.#listener?.ended();
    this.#break(new TransportError('closed-early', 'the server had closed the connection'));
  }

  #break(error: TransportError): void {
    this.#broken ??= error;
    this.#listener?.broke(this.#broken);
  }
}

interface ConnectionListener {
  readonly received: (bytes: Buffer) => void;
  readonly ended: () => void;
  readonly broke: (error: TransportError) => void;
}

/** The reply that was waited for, once it is there. */
function finished(reply: Http1Reply, waitFor: WaitFor): WireResponse | undefined {
  const response = reply.soFar();
  if (response === undefined) return undefined;
  if (waitFor === 'head') return { ...response, body: '' };
  if (!reply.isComplete()) return undefined;
  // A second reply that nobody asked for: a body where none may be, or a split response. After a 101
  // the bytes belong to another protocol.
  if (reply.rest().byteLength > 0 && response.status !== 101) {
    throw new TransportError('malformed', 'bytes came after the end of the reply');
  }
  return response;
}

function openSocket({ host, port, tls }: SocketAddress): Socket {
  if (tls === undefined) return connect({ host, port, noDelay: true });
  const rejectUnauthorized = !tls.anyCertificate;
  return connectTls({ host, port, rejectUnauthorized, ALPNProtocols: ['http/1.1'] }).setNoDelay();
}

/**
 * `host:port`, as `Host` has it: without the port that the scheme has by itself, as browsers send it.
 *
 * https://www.rfc-editor.org/rfc/rfc9110#section-7.2
 */
export function authorityOf(address: SocketAddress): string {
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  const isDefault = address.port === (address.tls === undefined ? 80 : 443);
  return isDefault ? host : `${host}:${address.port}`;
}
