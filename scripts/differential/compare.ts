/**
 * Comparison: where a browser did something else than the model says.
 */
import { firefoxReasonOf, getHeaderValue, type HeaderList, type SentRequest } from '@cors/browser';

import type { Observation, ObservedRequest } from './observation.js';
import { isSameResource, type Prediction } from './predict.js';

/** What CORS puts into requests; null where it is not there. */
export const CORS_HEADERS: readonly string[] = [
  'Origin',
  'Access-Control-Request-Method',
  'Access-Control-Request-Headers',
];

/** The differences between a step's observation and its prediction, in words; none when they agree. */
export function differences(observed: Observation, predicted: Prediction): readonly string[] {
  const found: string[] = [];
  const compare = (what: string, seen: unknown, expected: unknown): void => {
    const [a, b] = [JSON.stringify(seen), JSON.stringify(expected)];
    if (a !== b) found.push(`${what}: observed ${a}, predicted ${b}`);
  };
  compare('outcome', observed.outcome, predicted.outcome);
  compare('requests', observed.requests.map(sketchSeen), predicted.requests.map(sketchSent));
  for (const [index, request] of predicted.requests.entries()) {
    const seen = observed.requests[index];
    if (seen !== undefined) compareHeaders(request, seen, compare);
  }
  if (predicted.page !== null && observed.outcome === predicted.outcome) {
    compare('status', observed.status, predicted.page.status);
    compare('visible', observed.visibleHeaderNames, namesOf(predicted.page.headers));
    if (observed.responseType !== null) compare('type', observed.responseType, predicted.page.type);
  }
  if (predicted.outcome === 'blocked' && observed.chromium !== undefined) {
    const { chromium, code } = predicted.verdict;
    // Of several headers that are not allowed, Chromium names the one that its hash map has first.
    const isAnyHeader = code === 'header-not-allowed' || code === 'authorization-not-listed';
    if (isAnyHeader) compare('chromium', observed.chromium?.corsError, chromium?.corsError);
    else compare('chromium', observed.chromium, chromium);
  }
  if (predicted.outcome === 'blocked' && observed.firefox !== undefined) {
    compareFirefox(observed.firefox, predicted, compare);
  }
  return found;
}

type Compare = (what: string, seen: unknown, expected: unknown) => void;

function sketchSeen({ method, url, isPreflight }: ObservedRequest): readonly unknown[] {
  return [method, resource(url), isPreflight];
}

function sketchSent({ method, url, headers }: SentRequest): readonly unknown[] {
  return [method, resource(url), getHeaderValue('Access-Control-Request-Method', headers) !== null];
}

function resource(text: string): string {
  const url = new URL(text);
  return isSameResource(text, url.href) ? `${url.origin}${url.pathname}${url.search}` : text;
}

function compareHeaders(sent: SentRequest, seen: ObservedRequest, compare: Compare): void {
  for (const name of CORS_HEADERS) {
    compare(name, getHeaderValue(name, seen.headers), getHeaderValue(name, sent.headers));
  }
  // How a browser writes what the script set is no matter of CORS; whether it is there, is. So what a
  // redirect takes away must be gone.
  for (const name of [...namesOf(sent.headers), 'authorization', 'content-type']) {
    const isSent = getHeaderValue(name, sent.headers) !== null;
    compare(`${name} is there`, getHeaderValue(name, seen.headers) !== null, isSent);
  }
}

/** The first message says what was wrong; those that follow come of the same failure. */
function compareFirefox(
  messages: readonly string[],
  { verdict }: Prediction,
  compare: Compare,
): void {
  const [message] = messages.filter((text) => text.includes('Request Blocked'));
  const reason = message === undefined ? null : firefoxReasonOf(message);
  compare('firefox', reason ?? message ?? null, verdict.firefox?.reason ?? null);
  // Bytes beyond ASCII become whatever the console makes of them.
  const isPlain = /^[\x00-\x7f‘’]*$/.test(verdict.firefox?.text ?? '');
  if (
    message !== undefined &&
    verdict.firefox !== null &&
    reason === verdict.firefox.reason &&
    isPlain
  ) {
    const text = message.slice(message.indexOf('(Reason: ') + 9);
    compare('firefox text', text.startsWith(`${verdict.firefox.text})`) ? null : text, null);
  }
}

function namesOf(headers: HeaderList): readonly string[] {
  return Array.from(new Set(headers.map(([name]) => name.toLowerCase()))).sort();
}
