/**
 * A real browser that plays exchanges, whichever it is.
 */
import type { Exchange } from '../differential/exchange.js';
import type { Observation } from '../differential/observation.js';
import type { BrowserName } from './find-browser.js';

/** A browser that runs. */
export interface RealBrowser {
  readonly name: BrowserName;
  readonly version: string;
  /**
   * Plays exchanges, many at a time; their caches begin empty.
   *
   * @returns One observation for each step, in order.
   */
  play(exchanges: readonly Exchange[]): Promise<readonly Observation[]>;
  close(): Promise<void>;
}
