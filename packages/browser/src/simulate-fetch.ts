/**
 * Simulated fetch: plays a page's request as a browser would, against anything that answers requests.
 * The steps are those of the standard's main fetch and HTTP fetch, as far as CORS has a part in them.
 *
 * @see https://fetch.spec.whatwg.org/#concept-main-fetch
 * @see https://fetch.spec.whatwg.org/#concept-http-fetch
 */
import type { FetchFailure } from './fetch-failure.js';
import { currentUrl, type Fetching, type Going } from './fetching.js';
import { type End, httpFetch } from './http-fetch.js';
import { isSameOrigin, serializeOrigin } from './origin.js';
import type { ResponseTainting } from './origin-header.js';
import { type PageRequest, prepareRequest } from './page-request.js';
import { CorsPreflightCache } from './preflight-cache.js';
import type { Profile, ProfileName } from './profile.js';
import { PROFILES } from './profiles.js';
import type { Send } from './send.js';
import type { Hop, Transcript } from './transcript.js';
import { verdictOf } from './verdict.js';

/** How a fetch is simulated. */
export interface SimulateOptions {
  /** The browser; the standard to the letter when absent. */
  readonly profile?: Profile | ProfileName | undefined;
  /** What earlier preflights allowed; a new one, which is empty, when absent. */
  readonly cache?: CorsPreflightCache | undefined;
  /** The time in milliseconds; `Date.now` when absent. */
  readonly clock?: (() => number) | undefined;
}

/**
 * Plays a fetch as a browser would.
 *
 * It never rejects and never throws, whatever `send` does or answers.
 *
 * @example
 * ```ts
 * import { simulateFetch } from '@cors/browser';
 *
 * const { page, verdict } = await simulateFetch(
 *   { origin: 'https://app.example.com', url: 'https://api.example.com/', method: 'PUT' },
 *   ({ method }) => ({
 *     status: method === 'OPTIONS' ? 204 : 200,
 *     headers: [['Access-Control-Allow-Origin', '*']],
 *   }),
 *   { profile: 'chromium' },
 * );
 * console.log(page, verdict.code); // null 'method-not-allowed'
 * console.log(verdict.cause);
 * console.log(verdict.fix);
 * ```
 *
 * @param request - What the page asks for.
 * @param send - Who answers.
 *
 * @see https://fetch.spec.whatwg.org/#concept-main-fetch
 */
export async function simulateFetch(
  request: PageRequest,
  send: Send,
  options: SimulateOptions = {},
): Promise<Transcript> {
  const { profile = 'standard', cache = new CorsPreflightCache(), clock = Date.now } = options;
  const settings = typeof profile === 'string' ? PROFILES[profile] : profile;
  const fetching: Fetching = { page: request, send, cache, clock, profile: settings };
  const { hops, end } = await mainFetch(fetching);
  const page = 'stage' in end ? null : end;
  const failure = 'stage' in end ? end : null;
  const verdict = verdictOf({ request, hops, page, failure });
  return { request, profile: settings.name, hops, page, failure, verdict };
}

async function mainFetch(fetching: Fetching): Promise<{ hops: readonly Hop[]; end: End }> {
  const { page } = fetching;
  const prepared = prepareRequest(page, fetching.profile);
  if ('reason' in prepared) return { hops: [], end: { stage: 'script', failure: prepared } };
  const { origin, mode = 'cors', referrerPolicy, api } = page;
  const urlList = [new URL(page.url).href];
  const isTypeApart = fetching.profile.xhrBodyTypeIsApart && api === 'xhr' && prepared.hasBodyType;
  let going: Going = {
    ...prepared,
    origin,
    mode,
    urlList,
    referrerPolicy,
    api,
    tainting: 'basic',
    firstMethod: prepared.method,
    firstHeaders: isTypeApart ? prepared.headers.slice(0, -1) : prepared.headers,
    isTypeApart,
    preflightHeaders: prepared.headers,
    wasPreflighted: false,
  };
  const hops: Hop[] = [];
  for (;;) {
    const tainting = nextTainting(going, page);
    if (typeof tainting !== 'string') {
      return { hops, end: { stage: 'mode', failure: tainting } };
    }
    going = { ...going, tainting };
    const { hop, end, next } = await httpFetch(fetching, going);
    hops.push(hop);
    if (end !== null) return { hops, end };
    going = next;
  }
}

/**
 * How much of the response will be for the page, or why there can be none.
 *
 * @see https://fetch.spec.whatwg.org/#concept-main-fetch
 */
function nextTainting(
  { origin, mode, tainting, urlList }: Going,
  { redirectMode = 'follow' }: PageRequest,
): ResponseTainting | Extract<FetchFailure, { stage: 'mode' }>['failure'] {
  const url = currentUrl(urlList);
  const isHere = isSameOrigin(serializeOrigin(url), origin) && tainting === 'basic';
  if (isHere || url.startsWith('data:')) return 'basic';
  if (mode === 'same-origin') return { reason: 'same-origin-mode-cross-origin-url', url };
  if (mode === 'no-cors') {
    return redirectMode === 'follow' ? 'opaque' : { reason: 'no-cors-redirect-mode', url };
  }
  return /^https?:/.test(url) ? 'cors' : { reason: 'non-http-scheme', url };
}
