/**
 * What playing exchanges asks of a browser's automation protocol.
 */
import type { Observation } from '../differential/observation.js';

/** One browser's protocol. `Reason` is what it tells about a request that it blocked. */
export interface Driver<Reason> {
  readonly version: string;
  /** How long to wait for what it says about a blocked request: it comes after the script's error. */
  readonly reasonMilliseconds: number;
  /** Whether it tells of every request, blocked or not, when it is over. */
  readonly tellsOfAll: boolean;
  /** A profile of its own, with empty caches. */
  newProfile(): Promise<Profile>;
  /** How reasons are written down. */
  reasonsOf(reasons: readonly Reason[]): Pick<Observation, 'chromium' | 'firefox'>;
  close(): Promise<void>;
}

/** A profile, with its pages. */
export interface Profile {
  /** Opens a page, and has its requests reported. */
  open(url: string): Promise<DriverPage>;
  close(): Promise<void>;
}

/** A page that is loaded. */
export interface DriverPage {
  /** Evaluates an expression whose value is a promise of a string. */
  evaluate(expression: string): Promise<string>;
  close(): Promise<void>;
}

/** Whom a browser tells about its requests. */
export interface ReasonListener<Reason> {
  /**
   * The step that is being played of the exchange whose URL is in a text. It is kept by who asks: what
   * comes late is still about the step that it came of.
   */
  stepOf(text: string): StepListener<Reason> | undefined;
}

/** Whom a browser tells about the request of one step. */
export interface StepListener<Reason> {
  /** It was blocked. */
  blocked(reason: Reason): void;
  /** Nothing more will be said about it. */
  settled(): void;
}
