/**
 * Console messages: the red line that a browser prints → which failure it stands for, why, and what to
 * change.
 */
import { chromiumMessage } from './chromium-console.js';
import { messagesIn } from './console-lines.js';
import { consoleVerdict, type ConsoleVerdict } from './console-verdict.js';
import { firefoxMessage } from './firefox-console.js';
import { otherMessage } from './other-console.js';
import type { RecognisedMessage } from './recognised-message.js';
import type { ChromiumCorsError, FirefoxReason } from './verdict-code.js';
import { webkitMessage } from './webkit-console.js';

/** A message of a browser's console that was recognised. */
export interface ConsoleMessage {
  readonly browser: 'chromium' | 'firefox' | 'webkit';
  /** The browser's name for it; null where it has none, or none of ours stands for it. */
  readonly name: ChromiumCorsError | FirefoxReason | null;
  /** The page's; null when the message does not name it: Firefox never does. */
  readonly origin: string | null;
  /** What the page asked for; null when the message does not name it. */
  readonly url: string | null;
  /** Where redirects led; null when it was not redirected, or the message does not say so. */
  readonly redirectedTo: string | null;
  /**
   * The header's value, the method, the header's name, or the error that it is about; null when the message
   * does not tell.
   */
  readonly value: string | null;
  /**
   * What it can stand for, the likeliest first: one of them does. Empty when the message tells that
   * something failed, and not why.
   */
  readonly verdicts: readonly ConsoleVerdict[];
}

/** A console prints shorter lines; what is longer is no single message. */
const MAX_LENGTH = 20_000;

/**
 * What a message of a browser's console says, the first of several that says why. Null when it is no message
 * that is known, or its reason is not: nothing is guessed.
 *
 * @param text - As it was copied: with the place in the script before it, or other lines around it.
 * @param origin - The page's, for messages that do not name it.
 *
 * @example
 * ```ts
 * import { parseConsoleMessage } from '@cors/browser';
 *
 * const message = parseConsoleMessage(
 *   'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ' +
 *     'https://api.example.com/notes. (Reason: Did not find method in CORS header ' +
 *     '‘Access-Control-Allow-Methods’).',
 * );
 * console.log(message?.url, message?.verdicts[0]?.code);
 * // https://api.example.com/notes method-not-allowed
 * ```
 */
export function parseConsoleMessage(
  text: string,
  origin: string | null = null,
): ConsoleMessage | null {
  const found = messagesIn(text.slice(0, MAX_LENGTH).replace(/[“”]/g, '"')).flatMap(
    (message) => recognised(message) ?? [],
  );
  // Firefox says of the same request that it did not succeed; and that is no reason, where one was told.
  const unknown = found.filter(({ codes }) => codes === null).map(({ url }) => url);
  const told = found.find(({ codes, url }) => (codes ?? []).length > 0 && !unknown.includes(url));
  if (told === undefined && unknown.length > 0) return null;
  const [first = null] = told === undefined ? found : [told];
  return first === null ? null : explained({ ...first, origin: first.origin ?? origin });
}

function recognised(message: string): RecognisedMessage | null {
  // Where a message was copied from, its line may have been broken.
  const flat = message.replace(/\s+/g, ' ');
  return (
    chromiumMessage(flat) ?? firefoxMessage(flat) ?? webkitMessage(message) ?? otherMessage(flat)
  );
}

function explained(found: RecognisedMessage): ConsoleMessage {
  const { browser, name, origin, url, redirectedTo, value, codes } = found;
  const verdicts = (codes ?? []).map((code) => consoleVerdict(code, found));
  return { browser, name, origin, url, redirectedTo, value, verdicts };
}
