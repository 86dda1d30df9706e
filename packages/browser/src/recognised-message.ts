/**
 * A console's message that was recognised, before it is explained.
 */
import type { ConsoleCode, ConsoleDetails } from './console-verdict.js';
import type { ChromiumCorsError, FirefoxReason } from './verdict-code.js';

/** Whose message it is, what it can mean, the likeliest first, and what it tells. */
export interface RecognisedMessage extends ConsoleDetails {
  readonly browser: 'chromium' | 'firefox' | 'webkit';
  readonly name: ChromiumCorsError | FirefoxReason | null;
  /** Empty when the message does not say why; null when it does, in words that are not known. */
  readonly codes: readonly ConsoleCode[] | null;
}
