/**
 * One HTTP/2 session, for one request after another, each on a stream of its own.
 *
 * https://www.rfc-editor.org/rfc/rfc9113#section-8.1
 */
import { Buffer } from 'node:buffer';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type OutgoingHttpHeaders,
} from 'node:http2';

import type { WireRequest, WireResponse } from './audit.js';
import { boundedExchange } from './bounded-exchange.js';
import type { ClientLimits } from './client.js';
import { cannotCarry, HarnessError } from './harness-error.js';
import { authorityOf, type SocketAddress, type WaitFor } from './http1-connection.js';
import { Http2Reply } from './http2-reply.js';
import { http2RequestHeaders } from './http2-request-headers.js';
import { TransportError, transportErrorFrom } from './transport-error.js';

/** Node's own limit is near 64 KiB, less than hostile requests hold. */
const MOST_SENT_HEADER_BYTES = 16 * 1024 * 1024;

/** A session; it is made at once and must be closed. */
export class Http2Session {
  readonly #session: ClientHttp2Session;
  readonly #authority: string;
  readonly #limits: ClientLimits;

  constructor(address: SocketAddress, limits: ClientLimits) {
    this.#authority = authorityOf(address);
    this.#limits = limits;
    this.#session = connect(`http://${this.#authority}`, {
      maxSendHeaderBlockLength: MOST_SENT_HEADER_BYTES,
    });
    // Each stream fails with the session's error as its cause, and tells the exchange.
    this.#session.on('error', () => undefined);
  }

  /** Sends a request and waits for its reply; only one at a time. */
  exchange(request: WireRequest, waitFor: WaitFor): Promise<WireResponse> {
    const reply = new Http2Reply(this.#limits);
    return boundedExchange<WireResponse>(this.#limits, ({ succeed, fail }) => {
      const stream = this.#open(request);
      const failWith = (cause: unknown): void => {
        const { code, message } = streamError(cause);
        fail(new TransportError(code, message, { cause, partial: reply.soFar() }));
      };
      const check = (progress: () => void): void => {
        try {
          progress();
        } catch (error) {
          failWith(error);
        }
      };
      // The third argument is the raw header list; its type leaves it out.
      stream.on('headers', (_headers, _flags, ...raw: readonly unknown[]) => {
        check(() => reply.interimHead(raw[0]));
      });
      stream.on('response', (_headers, _flags, ...raw: readonly unknown[]) => {
        check(() => {
          reply.finalHead(raw[0]);
          if (waitFor === 'head') succeed(reply.whole());
        });
      });
      stream.on('data', (bytes: Buffer) => check(() => reply.add(bytes)));
      stream.on('error', failWith);
      stream.on('frameError', () => fail(cannotCarry('HTTP/2', 'so large a request head')));
      stream.on('close', () => {
        check(() => {
          // NO_ERROR also ends a stream whose reply is whole.
          if (stream.rstCode === constants.NGHTTP2_NO_ERROR) succeed(reply.whole());
          else
            throw new TransportError(
              'closed-early',
              `the stream was closed with code ${stream.rstCode}`,
            );
        });
      });
      return { soFar: () => reply.soFar(), release: () => abandon(stream) };
    });
  }

  /** Sends a request and cancels its stream when it has left, whatever comes back. */
  sendOnly(request: WireRequest): Promise<void> {
    return boundedExchange<void>(this.#limits, ({ succeed, fail }) => {
      const stream = this.#open(request);
      stream.on('error', (error) => fail(transportErrorFrom(streamError(error))));
      // A round trip after the request: the server has it by then.
      const sent = (): void => {
        this.#session.ping((error) => (error === null ? succeed() : fail(streamError(error))));
      };
      if (stream.pending) stream.on('ready', sent);
      else sent();
      return { release: () => abandon(stream) };
    });
  }

  /** Ends the session at once. */
  close(): void {
    this.#session.destroy();
  }

  #open(request: WireRequest): ClientHttp2Stream {
    const headers = http2RequestHeaders(request, this.#authority);
    if (this.#session.destroyed || this.#session.closed) {
      throw new TransportError('closed-early', 'the server had closed the session');
    }
    const hasBody = request.body !== undefined;
    const stream = this.#request(headers, !hasBody);
    if (hasBody) stream.end(Buffer.from(request.body, 'utf8'));
    return stream;
  }

  /** Some fields `node:http2` will not send twice; it says so at once, and ends the session. */
  #request(headers: OutgoingHttpHeaders, endStream: boolean): ClientHttp2Stream {
    try {
      return this.#session.request(headers, { endStream });
    } catch (error) {
      const { message } = cannotCarry('HTTP/2', 'this request');
      const reason = error instanceof Error ? error.message : String(error);
      throw new HarnessError(`${message} (${reason})`, 'suite', error);
    }
  }
}

/** Cancels what is left of a stream, and swallows what it may still say. */
function abandon(stream: ClientHttp2Stream): void {
  stream.removeAllListeners();
  stream.on('error', () => undefined);
  if (!stream.closed) stream.close(constants.NGHTTP2_CANCEL);
}

/** A stream that dies with its session names the session's error as its cause. */
function streamError(error: unknown): TransportError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return transportErrorFrom(cause);
}
