/**
 * Messages of consoles that are not about CORS, although people take them for it: mixed content, the
 * page's own policy, a server that does not answer; and those that do not say why.
 */
import type { ConsoleCode } from './console-verdict.js';
import { serializeOrigin } from './origin.js';
import type { RecognisedMessage } from './recognised-message.js';

/** What it is, null for a failure without a reason; by which words it is known; and whose it is. */
type Other = readonly [
  code: ConsoleCode | null,
  known: string,
  browser: RecognisedMessage['browser'],
];

// As the quotation marks of messages, those here are `’`.
const OTHERS: readonly Other[] = [
  ['mixed-content', 'Mixed Content: The page at', 'chromium'],
  ['mixed-content', 'Blocked loading mixed active content', 'firefox'],
  ['mixed-content', 'requested insecure content from', 'webkit'],
  ['mixed-content', 'was not allowed to run insecure content from', 'webkit'],
  ['content-security-policy', 'does not appear in the connect-src directive', 'webkit'],
  ['content-security-policy', 'Refused to connect to ’', 'chromium'],
  ['content-security-policy', 'violates the following Content Security Policy', 'chromium'],
  ['content-security-policy', 'page’s settings blocked the loading of a resource', 'firefox'],
  // Chromium prints it below the line that says why.
  [null, 'net::ERR_FAILED', 'chromium'],
  ['network-failure', 'net::ERR_', 'chromium'],
  // What scripts get: they are never told why.
  [null, 'Failed to fetch', 'chromium'],
  [null, 'NetworkError when attempting to fetch resource', 'firefox'],
  [null, 'TypeError: Load failed', 'webkit'],
];

/**
 * Recognises a message that is not about CORS, or does not say why; null for any other.
 *
 * @param message - With every quotation mark as `’`.
 */
export function otherMessage(message: string): RecognisedMessage | null {
  const found = OTHERS.find(([, known]) => message.includes(known));
  if (found === undefined) return null;
  const [code, , browser] = found;
  const isMixed = code === 'mixed-content';
  const page = isMixed ? /page at ’?(https:[^\s’"]+)/.exec(message)?.[1] : undefined;
  const url = (isMixed ? /\bhttp:\/\/[^\s’"]+/ : /\bhttps?:\/\/[^\s’"]+/).exec(message)?.[0];
  return {
    browser,
    name: null,
    codes: code === null ? [] : [code],
    origin: page === undefined ? null : serializeOrigin(page),
    url: url?.replace(/\.$/, '') ?? null,
    redirectedTo: null,
    status: null,
    value: /net::ERR_[A-Z_]+/.exec(message)?.[0] ?? null,
  };
}
