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
import type { FetchResponse } from './response.js';
import { type Answer, answerOf, type Asking, type Send } from './send.js';
import type { Hop, SentRequest, Transcript } from './transcript.js';
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
  const fetching = fetchingOf(request, options);
  const steps = fetchSteps(fetching);
  let step = steps.next();
  while (step.done !== true) {
    let answer: Answer;
    try {
      answer = answerOf(await send(step.value), fetching.profile);
    } catch (error) {
      answer = { ok: false, error };
    }
    step = steps.next(answer);
  }
  return step.value;
}

/**
 * Plays a fetch as a browser would, against what answers at once.
 *
 * It never throws, whatever `send` does or answers.
 *
 * @example
 * ```ts
 * import { simulateFetchSync } from '@cors/browser';
 *
 * const { verdict } = simulateFetchSync(
 *   { origin: 'https://app.example.com', url: 'https://api.example.com/' },
 *   () => ({ status: 200, headers: [['Access-Control-Allow-Origin', '*']] }),
 * );
 * console.log(verdict.code); // 'allowed'
 * ```
 *
 * @param request - What the page asks for.
 * @param send - Who answers.
 *
 * @see https://fetch.spec.whatwg.org/#concept-main-fetch
 */
export function simulateFetchSync(
  request: PageRequest,
  send: (request: SentRequest) => FetchResponse,
  options: SimulateOptions = {},
): Transcript {
  const fetching = fetchingOf(request, options);
  const steps = fetchSteps(fetching);
  let step = steps.next();
  while (step.done !== true) {
    let answer: Answer;
    try {
      answer = answerOf(send(step.value), fetching.profile);
    } catch (error) {
      answer = { ok: false, error };
    }
    step = steps.next(answer);
  }
  return step.value;
}

function fetchingOf(page: PageRequest, options: SimulateOptions): Fetching {
  const { profile = 'standard', cache = new CorsPreflightCache(), clock = Date.now } = options;
  return { page, cache, clock, profile: typeof profile === 'string' ? PROFILES[profile] : profile };
}

/** All steps of a fetch; who takes them answers the requests between them, now or later. */
function* fetchSteps(fetching: Fetching): Asking<Transcript> {
  const { page: request, profile } = fetching;
  const { hops, end } = yield* mainFetch(fetching);
  const page = 'stage' in end ? null : end;
  const failure = 'stage' in end ? end : null;
  const verdict = verdictOf({ request, hops, page, failure });
  return { request, profile: profile.name, hops, page, failure, verdict };
}

function* mainFetch(fetching: Fetching): Asking<{ hops: readonly Hop[]; end: End }> {
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
    const { hop, end, next } = yield* httpFetch(fetching, going);
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
  if (mode === 'no-cors' && redirectMode !== 'follow') {
    return { reason: 'no-cors-redirect-mode', url };
  }
  // Without CORS the standard leaves other schemes to the scheme fetch, which refuses them as well.
  if (!/^https?:/.test(url)) return { reason: 'non-http-scheme', url };
  return mode === 'no-cors' ? 'opaque' : 'cors';
}
