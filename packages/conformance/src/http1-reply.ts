/**
 * One HTTP/1.1 reply, read from bytes that arrive in any pieces: interim replies, the final head,
 * and the body up to its end. It knows no socket, so that every way of splitting can be tested.
 *
 * https://www.rfc-editor.org/rfc/rfc9112#section-2.1
 */
import { Buffer } from 'node:buffer';

import type { WireResponse } from './audit.js';
import { bodyOfLength, bodyUntilClose, chunkedBody, type Http1Body } from './http1-body.js';
import { framingOf, type Http1Framing, type Http1Head, parseHttp1Head } from './http1-head.js';
import { TransportError } from './transport-error.js';

const HEAD_END = '\r\n\r\n';

/** Limits of one reply, in bytes. */
export interface Http1ReplyLimits {
  readonly maxHeadBytes: number;
  readonly maxBodyBytes: number;
}

/** Reads one reply to a request with the given method. */
export class Http1Reply {
  readonly #method: string;
  readonly #limits: Http1ReplyLimits;
  readonly #interim: Http1Head[] = [];
  #headPieces: Buffer[] = [];
  #headBytes = 0;
  /** The last bytes before the newest piece: the end of the head may lie across pieces. */
  #tail: Buffer = Buffer.alloc(0);
  #head: Http1Head | undefined;
  #body: Http1Body | undefined;
  #ended = false;
  #rest: Buffer = Buffer.alloc(0);

  constructor(method: string, limits: Http1ReplyLimits) {
    this.#method = method;
    this.#limits = limits;
  }

  /** Takes the next bytes. Throws a `TransportError` when they are no HTTP reply, or too many. */
  push(bytes: Buffer): void {
    let unread = bytes;
    while (unread.byteLength > 0 && this.#body === undefined) unread = this.#pushHead(unread);
    if (this.#body !== undefined && !this.isComplete()) unread = this.#body.push(unread);
    if (unread.byteLength > 0) this.#rest = Buffer.concat([this.#rest, unread]);
  }

  /** Tells that the connection has ended. Throws a `TransportError` when the reply is not whole. */
  end(): void {
    if (this.#body?.endsWithConnection === true) this.#ended = true;
    if (this.isComplete()) return;
    const what = this.#head === undefined ? 'head' : 'body';
    throw new TransportError('closed-early', `the connection ended before the end of the ${what}`);
  }

  /** Whether the final head (not an interim one) has arrived. */
  hasHead(): boolean {
    return this.#head !== undefined;
  }

  isComplete(): boolean {
    return this.#ended || this.#body?.isComplete() === true;
  }

  /** What arrived after the end of the reply. */
  rest(): Buffer {
    return this.#rest;
  }

  /** The reply as far as it has arrived; `undefined` before its head. */
  soFar(): WireResponse | undefined {
    if (this.#head === undefined) return undefined;
    const body = this.#body?.content().toString('utf8') ?? '';
    return { ...this.#head, body, interim: this.#interim };
  }

  #pushHead(bytes: Buffer): Buffer {
    const searched = Buffer.concat([this.#tail, bytes]);
    const found = searched.indexOf(HEAD_END, 0, 'latin1');
    const end = found < 0 ? bytes.byteLength : found + HEAD_END.length - this.#tail.byteLength;
    this.#headBytes += end;
    if (this.#headBytes > this.#limits.maxHeadBytes) {
      throw new TransportError('too-large', `the head is over ${this.#limits.maxHeadBytes} bytes`);
    }
    this.#headPieces.push(bytes.subarray(0, end));
    if (found < 0) {
      this.#tail = searched.subarray(-(HEAD_END.length - 1));
      return Buffer.alloc(0);
    }
    const text = Buffer.concat(this.#headPieces).toString('latin1').slice(0, -HEAD_END.length);
    this.#headPieces = [];
    this.#tail = Buffer.alloc(0);
    this.#finishHead(parseHttp1Head(text));
    return bytes.subarray(end);
  }

  #finishHead(head: Http1Head): void {
    if (head.status < 200 && head.status !== 101) {
      this.#interim.push(head);
      return;
    }
    const framing = framingOf(head, this.#method);
    this.#head = head;
    this.#body = bodyFor(framing, this.#limits.maxBodyBytes);
  }
}

function bodyFor(framing: Http1Framing, maxBytes: number): Http1Body {
  switch (framing.kind) {
    case 'length':
      return bodyOfLength(framing.length, maxBytes);
    case 'chunked':
      return chunkedBody(maxBytes);
    case 'close':
      return bodyUntilClose(maxBytes);
  }
}
