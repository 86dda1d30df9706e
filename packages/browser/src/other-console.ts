/**
 * Messages of consoles that are not about CORS, although people take them for it: mixed content, the
 * page's own policy, a server that does not answer; and those that do not say why.
 */
import { withOneQuote } from './console-text.js';
import type { ConsoleCode } from './console-verdict.js';
import { serializeOrigin } from './origin.js';
import type { RecognisedMessage } from './recognised-message.js';

/** What it is, null for a failure without a reason; by which words it is known; and whose it is. */
type Other = readonly [
  code: ConsoleCode | null,
  known: string,
  browser: RecognisedMessage['browser'],
];

// As in what is searched, every quotation mark is `’` here.
const OTHERS: readonly Other[] = [
  ['mixed-content', 'Mixed Content: The page at', 'chromium'],
  ['mixed-content', 'Blocked loading mixed active content', 'firefox'],
  ['mixed-content', 'requested insecure content from', 'webkit'],
  ['mixed-content', 'was not allowed to run insecure content from', 'webkit'],
  ['content-security-policy', 'directive of the Content Security Policy', 'webkit'],
  ['content-security-policy', 'Refused to connect to ’', 'chromium'],
  ['content-security-policy', 'violates the following Content Security Policy', 'chromium'],
  ['content-security-policy', 'page’s settings blocked', 'firefox'],
  // Chromium prints it below the line that says why.
  [null, 'net::ERR_FAILED', 'chromium'],
  ['content-security-policy', 'net::ERR_BLOCKED_BY_CSP', 'chromium'],
  ['blocked-by-response', 'net::ERR_BLOCKED_BY_RESPONSE', 'chromium'],
  ['blocked-by-response', 'net::ERR_BLOCKED_BY_ORB', 'chromium'],
  ['blocked-by-client', 'net::ERR_BLOCKED_BY_', 'chromium'],
  ['aborted', 'net::ERR_ABORTED', 'chromium'],
  ['network-failure', 'net::ERR_', 'chromium'],
  // What scripts get: they are never told why.
  [null, 'Failed to fetch', 'chromium'],
  [null, 'NetworkError when attempting to fetch resource', 'firefox'],
  [null, 'TypeError: Load failed', 'webkit'],
];

/** Recognises a message that is not about CORS, or does not say why; null for any other. */
export function otherMessage(message: string): RecognisedMessage | null {
  const alike = withOneQuote(message);
  const found = OTHERS.find(([, known]) => alike.includes(known));
  if (found === undefined) return null;
  const [code, , browser] = found;
  const isMixed = code === 'mixed-content';
  const page = isMixed ? urlIn(message, 'https:', 'page at ') : null;
  const isPolicy = code === 'content-security-policy';
  const status = /net::ERR_[\w.]+ (\d{3})\b/.exec(message)?.[1];
  return {
    browser,
    name: null,
    codes: code === null ? [] : [code],
    origin: page === null ? null : serializeOrigin(page),
    url: urlIn(message, isMixed ? 'http:' : 'https?:'),
    redirectedTo: null,
    status: status === undefined ? null : Number(status),
    value: (isPolicy ? DIRECTIVE : /(net::ERR_[\w.]+)/).exec(message)?.[1] ?? null,
  };
}

/** The one that stands against it, as most browsers name it. */
const DIRECTIVE = /(?:directive: "|in the )([a-z]+(?:-[a-z]+)+)/;

/** The first URL behind some words, which may hold quotation marks and stand between two. */
function urlIn(message: string, scheme: string, before = ''): string | null {
  const pattern = new RegExp(String.raw`${before}([‘’'\`]?)\b(${scheme}//[^\s"]+)`);
  const [, mark = '', url] = pattern.exec(message) ?? [];
  if (url === undefined) return null;
  return mark === '' ? url.replace(/\.$/, '') : url.replace(/[‘’'`][^‘’'`]*$/, '');
}
