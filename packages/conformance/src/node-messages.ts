/**
 * What the test application uses of Node's messages: as much as HTTP/1.1 and the compatibility layer
 * of HTTP/2 share, so that one application serves both.
 *
 * https://nodejs.org/api/http2.html#compatibility-api
 */
import type { Buffer } from 'node:buffer';

/** A request as a handler on node gets it: `IncomingMessage` or `Http2ServerRequest`. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  on: (event: 'data' | 'end' | 'error', listener: (argument: Buffer) => void) => unknown;
}

/** A response as a handler on node gets it: `ServerResponse` or `Http2ServerResponse`. */
export interface NodeResponse {
  statusCode: number;
  readonly headersSent: boolean;
  /** HTTP/2 only. */
  readonly stream?: NodeStream;
  setHeader(name: string, value: string | string[]): unknown;
  getHeader(name: string): unknown;
  removeHeader(name: string): void;
  writeHead(status: number, ...rest: never[]): unknown;
  /** Both have it; the types of HTTP/2 do not. */
  flushHeaders?(): void;
  writeEarlyHints(hints: Record<string, string>): void;
  write(chunk: string, callback?: (error?: Error | null) => void): boolean;
  end(chunk?: string | Uint8Array): unknown;
  destroy(error?: Error): unknown;
}

/** The stream of a response over HTTP/2. */
export interface NodeStream {
  on: (event: 'error', listener: () => void) => unknown;
  destroy: (error?: Error) => unknown;
}

/** The test application, as a handler. */
export type NodeHandler = (request: NodeRequest, response: NodeResponse) => void | Promise<void>;
