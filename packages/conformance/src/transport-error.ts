/**
 * Transport errors: why no judgeable reply came off the wire. They are told apart from a reply that
 * is wrong, because they say nothing about the policy; and they are never a pass.
 */
import type { WireResponse } from './audit.js';

/** What went wrong between the request and its reply. */
export type TransportErrorCode =
  /** Nobody listens at the address. */
  | 'refused'
  /** The address cannot be reached at all. */
  | 'unreachable'
  /** The connection or stream was reset. */
  | 'reset'
  /** The connection ended before the reply was whole. */
  | 'closed-early'
  /** What came is no HTTP reply. */
  | 'malformed'
  /** More came than the client takes. */
  | 'too-large'
  /** Nothing, or not all of it, came in time. */
  | 'timeout'
  /** The suite gave the request up (the audit's own deadline had passed). */
  | 'aborted'
  /** A handler in memory threw or rejected where a server would have broken the connection. */
  | 'rejected';

/** Raised in place of a reply. */
export class TransportError extends Error {
  override readonly name: string = 'TransportError';
  readonly code: TransportErrorCode;
  /** What had arrived of the reply: its head and the body so far. */
  readonly partial: WireResponse | undefined;

  constructor(
    code: TransportErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly partial?: WireResponse | undefined } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.partial = options.partial;
  }
}

const CODE_OF_SYSTEM_ERROR: Readonly<Record<string, TransportErrorCode>> = {
  ECONNREFUSED: 'refused',
  ENOENT: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timeout',
  ERR_HTTP2_ERROR: 'malformed',
  ERR_HTTP2_STREAM_ERROR: 'reset',
  ERR_HTTP2_SESSION_ERROR: 'reset',
  ERR_HTTP2_STREAM_CANCEL: 'reset',
  ERR_HTTP2_GOAWAY_SESSION: 'reset',
};

/** Names what a socket or HTTP/2 session failed with. */
export function transportErrorFrom(cause: unknown, partial?: WireResponse): TransportError {
  if (cause instanceof TransportError) return cause;
  const error = cause instanceof Error ? cause : new Error(String(cause));
  const systemCode = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const code = CODE_OF_SYSTEM_ERROR[systemCode] ?? 'unreachable';
  return new TransportError(code, error.message, { cause, partial });
}
