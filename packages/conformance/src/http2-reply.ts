/**
 * One HTTP/2 reply, put together from the raw header lists and the data of its stream.
 *
 * The object of headers that `node:http2` gives beside the raw list joins or drops repeated fields,
 * and would hide a second Access-Control-Allow-Origin.
 *
 * https://www.rfc-editor.org/rfc/rfc9113#section-8.3.2
 */
import { Buffer } from 'node:buffer';

import type { WireResponse } from './audit.js';
import { TransportError } from './transport-error.js';

type Head = Pick<WireResponse, 'status' | 'headers'>;

/** Collects one reply within its limits. */
export class Http2Reply {
  readonly #limits: { readonly maxHeadBytes: number; readonly maxBodyBytes: number };
  readonly #interim: Head[] = [];
  readonly #pieces: Buffer[] = [];
  #head: Head | undefined;
  #headBytes = 0;
  #bodyBytes = 0;

  constructor(limits: { readonly maxHeadBytes: number; readonly maxBodyBytes: number }) {
    this.#limits = limits;
  }

  /** Takes the header list of an interim reply. */
  interimHead(raw: unknown): void {
    this.#interim.push(this.#parse(raw));
  }

  /** Takes the header list of the final reply. */
  finalHead(raw: unknown): void {
    this.#head = this.#parse(raw);
  }

  /** Takes a piece of the body. */
  add(bytes: Buffer): void {
    this.#bodyBytes += bytes.byteLength;
    if (this.#bodyBytes > this.#limits.maxBodyBytes) {
      throw new TransportError('too-large', `the body is over ${this.#limits.maxBodyBytes} bytes`);
    }
    this.#pieces.push(bytes);
  }

  /** The reply as far as it has arrived; `undefined` before its head. */
  soFar(): WireResponse | undefined {
    if (this.#head === undefined) return undefined;
    const body = Buffer.concat(this.#pieces).toString('utf8');
    return { ...this.#head, body, interim: this.#interim };
  }

  /** The reply, at the end of its stream or where its head is enough. */
  whole(): WireResponse {
    const reply = this.soFar();
    if (reply === undefined)
      throw new TransportError('closed-early', 'the stream ended without a reply');
    return reply;
  }

  #parse(raw: unknown): Head {
    if (!Array.isArray(raw) || !raw.every((item) => typeof item === 'string')) {
      throw new TransportError('malformed', 'the HTTP/2 header list could not be read');
    }
    let status = 0;
    const headers: (readonly [string, string])[] = [];
    for (let index = 0; index + 1 < raw.length; index += 2) {
      const name = raw[index] ?? '';
      const value = raw[index + 1] ?? '';
      this.#headBytes += name.length + value.length;
      if (name === ':status') status = Number(value);
      else headers.push([name, value]);
    }
    if (this.#headBytes > this.#limits.maxHeadBytes) {
      throw new TransportError('too-large', `the head is over ${this.#limits.maxHeadBytes} bytes`);
    }
    return { status, headers };
  }
}
