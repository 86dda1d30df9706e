/**
 * The body of an HTTP/1.1 reply: where it ends, and its bytes without the framing.
 *
 * https://www.rfc-editor.org/rfc/rfc9112#section-6.3
 * https://www.rfc-editor.org/rfc/rfc9112#section-7.1
 */
import { Buffer } from 'node:buffer';

import { TransportError } from './transport-error.js';

/** Takes the bytes of one body as they arrive. */
export interface Http1Body {
  /** Takes what belongs to the body and gives the rest back: none of it before the body's end. */
  readonly push: (bytes: Buffer) => Buffer;
  readonly isComplete: () => boolean;
  /** Whether the end of the connection is a proper end of this body. */
  readonly endsWithConnection: boolean;
  readonly content: () => Buffer;
}

const NOTHING = Buffer.alloc(0);
/** Room for chunk extensions and trailers, which no audit reads. */
const MOST_LINE_BYTES = 16 * 1024;

/** A body of a known length, zero included. */
export function bodyOfLength(length: number, maxBytes: number): Http1Body {
  const content = collect(maxBytes);
  let missing = length;
  return {
    push: (bytes) => {
      const own = bytes.subarray(0, missing);
      missing -= own.byteLength;
      content.add(own);
      return bytes.subarray(own.byteLength);
    },
    isComplete: () => missing === 0,
    endsWithConnection: false,
    content: content.all,
  };
}

/** A body that ends when the connection does. */
export function bodyUntilClose(maxBytes: number): Http1Body {
  const content = collect(maxBytes);
  return {
    push: (bytes) => {
      content.add(bytes);
      return NOTHING;
    },
    isComplete: () => false,
    endsWithConnection: true,
    content: content.all,
  };
}

/** A body in chunks. Extensions and trailers are passed over. */
export function chunkedBody(maxBytes: number): Http1Body {
  const content = collect(maxBytes);
  let expects: 'size' | 'data' | 'data-end' | 'trailer' | 'nothing' = 'size';
  let missing = 0;
  let pending: Buffer = NOTHING;

  /** The next line without its end, or `undefined` when it is not whole yet. */
  const takeLine = (): string | undefined => {
    const end = pending.indexOf('\r\n');
    if (end > MOST_LINE_BYTES || (end < 0 && pending.byteLength > MOST_LINE_BYTES)) {
      throw new TransportError('too-large', 'a line of the chunked framing is too long');
    }
    if (end < 0) return undefined;
    const line = pending.toString('latin1', 0, end);
    pending = pending.subarray(end + 2);
    return line;
  };

  const step = (): boolean => {
    if (expects === 'nothing') return false;
    if (expects === 'data') {
      const own = pending.subarray(0, missing);
      pending = pending.subarray(own.byteLength);
      missing -= own.byteLength;
      content.add(own);
      if (missing > 0) return false;
      expects = 'data-end';
      return true;
    }
    const line = takeLine();
    if (line === undefined) return false;
    if (expects === 'size') {
      missing = chunkSize(line);
      expects = missing === 0 ? 'trailer' : 'data';
    } else if (expects === 'data-end') {
      if (line !== '') throw malformed('a chunk is longer than its announced size');
      expects = 'size';
    } else if (line === '') {
      expects = 'nothing';
    }
    return true;
  };

  return {
    push: (bytes) => {
      pending = pending.byteLength === 0 ? bytes : Buffer.concat([pending, bytes]);
      while (step());
      if (expects !== 'nothing') return NOTHING;
      const rest = pending;
      pending = NOTHING;
      return rest;
    },
    isComplete: () => expects === 'nothing',
    endsWithConnection: false,
    content: content.all,
  };
}

function chunkSize(line: string): number {
  const digits = /^([0-9A-Fa-f]{1,12})[ \t]*(?:;.*)?$/.exec(line)?.[1];
  if (digits === undefined) throw malformed('a chunk has no valid size');
  return Number.parseInt(digits, 16);
}

function malformed(message: string): TransportError {
  return new TransportError('malformed', message);
}

function collect(maxBytes: number): { add: (bytes: Buffer) => void; all: () => Buffer } {
  const pieces: Buffer[] = [];
  let size = 0;
  return {
    add: (bytes) => {
      size += bytes.byteLength;
      if (size > maxBytes) {
        throw new TransportError('too-large', `the body is over ${maxBytes} bytes`);
      }
      if (bytes.byteLength > 0) pieces.push(bytes);
    },
    all: () => Buffer.concat(pieces),
  };
}
