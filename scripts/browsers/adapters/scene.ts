/**
 * A scene: what a page asks of an adapter's server, and what must come of it.
 */
import type { PageRequest, VerdictCode } from '@cors/browser';

/** What a page does, one request after another, and which handlers run. */
export interface Scene {
  /** Letters, digits and hyphens. */
  readonly name: string;
  readonly steps: readonly SceneStep[];
  /** The handlers that run, with the cookie and the body that arrive there. */
  readonly handled: ByBrowser<readonly string[]>;
}

/** One for each browser, where they differ. */
export type ByBrowser<Expected extends readonly string[] | string> =
  | Expected
  | { readonly chromium: Expected; readonly firefox: Expected };

/** One request of the page, and what must come of it. */
export interface SceneStep {
  readonly request: Omit<PageRequest, 'url'>;
  readonly resource: string;
  /** What arrives at the servers: method and resource, those of the second server with `other:`. */
  readonly sent: ByBrowser<readonly string[]>;
  /** What the page gets, or why it gets nothing. */
  readonly page: Readable | ByBrowser<BlockedCode>;
}

type BlockedCode = Exclude<VerdictCode, 'allowed'>;

/** A response that the page can read. */
interface Readable {
  readonly status: number;
  /** Names that it sees. */
  readonly sees?: readonly string[];
  /** Names that the reply has, and the page does not see. */
  readonly misses?: readonly string[];
}
