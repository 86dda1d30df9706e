/**
 * Vectors about what is remembered of preflights, and for how long.
 */
import type { CredentialsMode, HeaderList } from '@cors/browser';
import type { Exchange, Step } from '../exchange.js';
import {
  below,
  permissive,
  plannedResponse,
  type Vector,
  type VectorResponse,
  withoutTls,
} from './vector-files.js';

/** Of `max-age.json`. */
export interface MaxAgeVector extends Vector {
  readonly headerValue: string | readonly string[] | null;
}

const PAGE = 'http://page.test';

/** A PUT three times: the second one at once, the third after the default of 5 seconds has passed. */
export function maxAgeExchange({ headerValue }: MaxAgeVector, id: string): readonly Exchange[] {
  const url = `http://target.test/x/${id}/`;
  const preflight = plannedResponse({
    status: 204,
    headers: {
      'Access-Control-Allow-Origin': PAGE,
      'Access-Control-Allow-Methods': 'PUT',
      ...(headerValue === null ? {} : { 'Access-Control-Max-Age': headerValue }),
    },
  });
  const step: Step = {
    request: { origin: PAGE, url, method: 'PUT' },
    answers: [{ url, preflight, actual: permissive(PAGE) }],
  };
  return [{ id, steps: [step, step, { ...step, wait: 5500 }] }];
}

/** Of `preflight-cache.json`. */
export interface CacheVector extends Vector {
  readonly steps: readonly {
    /** Seconds since the first one. */
    readonly at: number;
    readonly request: {
      readonly origin: string;
      readonly url: string;
      readonly method: string;
      readonly headers: HeaderList;
      readonly credentialsMode: CredentialsMode;
      readonly topLevelSite: string;
      readonly useCorsPreflightFlag?: true;
    };
    readonly preflightResponse: VectorResponse;
    readonly actualResponse?: 'network-error';
  }[];
}

/** The steps, as far apart as the vector has them. */
export function cacheExchange(given: CacheVector, id: string): readonly Exchange[] | string {
  const { steps } = withoutTls(given);
  const sites = new Set(steps.map(({ request }) => request.topLevelSite));
  if (sites.size > 1) return 'It needs a frame within a page of another site.';
  const made = steps.map((step, index): Step => {
    const { origin, method, headers, credentialsMode, useCorsPreflightFlag } = step.request;
    const url = below(id, step.request.url);
    const isFailure = step.actualResponse === 'network-error';
    const wait = 1000 * (step.at - (steps[index - 1]?.at ?? 0));
    return {
      ...(wait > 0 ? { wait } : {}),
      request: {
        origin,
        url,
        method,
        headers,
        ...(useCorsPreflightFlag === true
          ? { api: 'xhr', uploadListener: true, body: { content: 'x' } }
          : { credentialsMode }),
      },
      answers: [
        {
          url,
          preflight: plannedResponse(step.preflightResponse),
          // A response that fails the CORS check is a network error like any other.
          actual: isFailure ? { status: 200, headers: [] } : permissive(origin),
        },
      ],
    };
  });
  return [{ id, steps: made }];
}
