/**
 * Lines out of bytes that arrive in any pieces, and never more of them in memory than a bound, however
 * much a program writes without a line end.
 */
import type { Buffer } from 'node:buffer';
import { StringDecoder } from 'node:string_decoder';

/** Cuts what is written to it into lines. */
export class BoundedLines {
  readonly #decoder = new StringDecoder('utf8');
  readonly #onLine: (line: string, isWhole: boolean) => void;
  readonly #most: number;
  #started = '';
  #isOver = false;

  /**
   * @param onLine told each line without its end; `isWhole` is false when its rest was left out.
   * @param most characters of a line that are kept.
   */
  constructor(onLine: (line: string, isWhole: boolean) => void, most: number) {
    this.#onLine = onLine;
    this.#most = most;
  }

  push(bytes: Buffer): void {
    const [first = '', ...others] = this.#decoder.write(bytes).split('\n');
    this.#grow(first);
    for (const text of others) {
      this.#emit();
      this.#grow(text);
    }
  }

  /** Tells that nothing more comes: what has no line end is a line too. */
  end(): void {
    this.#grow(this.#decoder.end());
    if (this.#started !== '') this.#emit();
  }

  #grow(text: string): void {
    const room = this.#most - this.#started.length;
    this.#started += text.slice(0, room);
    if (text.length > room) this.#isOver = true;
  }

  #emit(): void {
    const line = this.#started.endsWith('\r') ? this.#started.slice(0, -1) : this.#started;
    const isWhole = !this.#isOver;
    this.#started = '';
    this.#isOver = false;
    this.#onLine(line, isWhole);
  }
}
