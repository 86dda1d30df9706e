/**
 * Advice: what went well in this fetch, and can fail in another one.
 */
import { getHeaderValue } from './header-list.js';
import type { Hop } from './transcript.js';
import { namesOrigin } from './vary.js';

/** What may fail elsewhere: a stable code, the cause, and the fix. */
export interface Advice {
  readonly code: 'vary-missing' | 'null-allowed';
  readonly cause: string;
  readonly fix: string;
}

/** What to say about a fetch that ended well. */
export function adviceOf(hops: readonly Hop[]): readonly Advice[] {
  return hops.flatMap(({ tainting, response }) => {
    if (tainting !== 'cors' || response === null) return [];
    const allowOrigin = getHeaderValue('Access-Control-Allow-Origin', response.headers);
    const vary = getHeaderValue('Vary', response.headers) ?? '';
    const cacheControl = getHeaderValue('Cache-Control', response.headers) ?? '';
    const advice: Advice[] = [];
    const isShared = !/\bno-store\b/i.test(cacheControl);
    if (allowOrigin !== '*' && isShared && !namesOrigin(vary)) {
      advice.push({
        code: 'vary-missing',
        cause: `The response names ${String(allowOrigin)} and has no Vary: Origin: if the server allows other origins too, a cache may give it to one of those, whose browser then blocks it.`,
        fix: 'Send Vary: Origin on every response of this URL, also to requests without Origin.',
      });
    }
    if (allowOrigin === 'null') {
      advice.push({
        code: 'null-allowed',
        cause: 'The response allows null, and any site can make frames of that origin.',
        fix: 'Give the page an origin, and do not allow null.',
      });
    }
    return advice;
  });
}
