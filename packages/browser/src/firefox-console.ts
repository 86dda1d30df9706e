/**
 * Messages of Firefox's console: which failure each stands for. They name the URL, not the page's origin.
 *
 * @see https://searchfox.org/mozilla-central/source/dom/locales/en-US/chrome/security/security.properties
 */
import { statusIn, valueIn } from './console-text.js';
import { FIREFOX_WORDS, firefoxReasonOf } from './firefox-report.js';
import type { RecognisedMessage } from './recognised-message.js';
import type { FirefoxReason, VerdictCode } from './verdict-code.js';
import { verdictCodesOf } from './verdict-names.js';

/** Recognises a message of Firefox about CORS; null for any other. */
export function firefoxMessage(message: string): RecognisedMessage | null {
  const isOne = message.includes('Cross-Origin Request Blocked') || message.includes('Reason: ');
  const reason = firefoxReasonOf(message);
  if (!isOne || (reason === null && !message.includes('Cross-Origin Request Blocked'))) return null;
  const url = valueIn(message, ['remote resource at ', '. (Reason']);
  const details = {
    browser: 'firefox',
    name: reason,
    origin: null,
    url: url?.replace(/^[‘’'`](.*)[‘’'`]$/, '$1') ?? null,
    redirectedTo: null,
  } as const;
  if (reason === null) return { ...details, codes: null, status: null, value: null };
  const status = statusIn(message);
  const value = valueOf(message, reason);
  return { ...details, codes: codesOf(reason, status, value), status, value };
}

/** What stands where the reason's text has a place for it. */
function valueOf(message: string, reason: FirefoxReason): string | null {
  const text = FIREFOX_WORDS[reason];
  return text.length === 1 ? null : valueIn(message, text);
}

// A redirect, or what is mostly said to an OPTIONS that nobody expects.
const OF_PREFLIGHT = new Set([301, 302, 303, 307, 308, 405, 501]);

/** What the reason can mean, the likeliest first. */
function codesOf(
  reason: FirefoxReason,
  status: number | null,
  value: string | null,
): readonly VerdictCode[] {
  const isPreflight = status !== null && OF_PREFLIGHT.has(status);
  const isRedirect = isPreflight && status < 400;
  return verdictCodesOf(reason)
    .filter((code) => fits(code, value, isRedirect))
    .map((code) => ({ code, isLikely: code.startsWith('preflight-') === isPreflight }))
    .sort((a, b) => Number(b.isLikely) - Number(a.isLikely))
    .map(({ code }) => code);
}

function fits(code: VerdictCode, value: string | null, isRedirect: boolean): boolean {
  const check = code.replace(/^preflight-/, '');
  switch (check) {
    case 'allow-origin-list':
      return value !== null && /[ ,]/.test(value);
    case 'invalid-allow-origin':
      return value !== null && !/[ ,]/.test(value) && !isOrigin(value);
    case 'allow-origin-mismatch':
      return value !== null && isOrigin(value);
    case 'authorization-not-listed':
      return value?.toLowerCase() === 'authorization';
    case 'header-not-allowed':
      return value?.toLowerCase() !== 'authorization';
    case 'network-failure':
      return !isRedirect;
    default:
      return !check.startsWith('redirect-') && check !== 'too-many-redirects' ? true : isRedirect;
  }
}

function isOrigin(value: string): boolean {
  return value === 'null' || /^[a-z][a-z0-9+.-]*:[^ ,]+$/i.test(value);
}
