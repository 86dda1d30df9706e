/**
 * Prediction: what the model says that a browser does with an exchange, in the terms of an observation.
 */
import {
  CorsPreflightCache,
  type FetchFailure,
  type Hop,
  type PageResponse,
  type Profile,
  type Send,
  type SentRequest,
  simulateFetch,
  type Verdict,
} from '@cors/browser';

import type { Exchange, Step } from './exchange.js';
import type { Outcome } from './observation.js';

/** What should come of one step. */
export interface Prediction {
  readonly requests: readonly SentRequest[];
  readonly outcome: Outcome;
  readonly page: PageResponse | null;
  /** The headers of the last response, whoever gets to see them. */
  readonly hops: readonly Hop[];
  readonly verdict: Verdict;
}

/**
 * The steps of an exchange, played in the model from an empty cache.
 *
 * @param send - Who answers, where the exchange itself does not.
 */
export async function predict(
  { steps }: Exchange,
  profile: Profile,
  send?: Send,
): Promise<readonly Prediction[]> {
  const cache = new CorsPreflightCache();
  const predictions: Prediction[] = [];
  let now = 0;
  for (const step of steps) {
    now += step.wait ?? 0;
    predictions.push(await predictStep(step, send ?? planned(step), profile, cache, now));
  }
  return predictions;
}

async function predictStep(
  { request }: Step,
  answer: Send,
  profile: Profile,
  cache: CorsPreflightCache,
  now: number,
): Promise<Prediction> {
  const requests: SentRequest[] = [];
  const send: Send = (sent) => {
    requests.push(sent);
    return answer(sent);
  };
  const options = { profile, cache, clock: () => now };
  const { hops, page, failure, verdict } = await simulateFetch(request, send, options);
  return { requests, outcome: outcomeOf(page, failure), page, hops, verdict };
}

function planned({ answers }: Step): Send {
  return (sent) => {
    const isPreflight = sent.headers.some(([name]) => name === 'Access-Control-Request-Method');
    const answer = answers.find(({ url }) => isSameResource(url, sent.url));
    if (answer === undefined) return { status: 404, headers: [] };
    return isPreflight ? answer.preflight : answer.actual;
  };
}

/** What is sent of a URL holds no user name and nothing behind `#`. */
export function isSameResource(a: string, b: string): boolean {
  return withoutSecrets(a) === withoutSecrets(b);
}

function withoutSecrets(text: string): string {
  const url = new URL(text);
  return `${url.origin}${url.pathname}${url.search}`;
}

function outcomeOf(page: PageResponse | null, failure: FetchFailure | null): Outcome {
  if (page === null) return failure?.stage === 'script' ? 'type-error' : 'blocked';
  if (page.type === 'opaque' || page.type === 'opaqueredirect') return page.type;
  return 'readable';
}
