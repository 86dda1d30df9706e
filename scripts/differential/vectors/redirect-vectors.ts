/**
 * Vectors about redirects, and about the `Origin` header.
 */
import type { CredentialsMode, HeaderList, ReferrerPolicy } from '@cors/browser';
import type { PageRequest } from '@cors/browser';
import type { Exchange, PlannedResponse } from '../exchange.js';
import {
  below,
  permissivePreflight,
  permissive,
  plannedResponse,
  type Vector,
  type VectorResponse,
  withoutTls,
} from './vector-files.js';

const TWO_SCHEMES = 'It is about two schemes, and our server speaks no TLS.';

type Mode = 'cors' | 'no-cors' | 'same-origin';

/** Of `redirects.json`. */
export interface RedirectVector extends Vector {
  readonly request: {
    readonly origin: string;
    readonly mode: Mode;
    readonly credentialsMode: CredentialsMode;
    readonly redirectMode: 'follow' | 'error' | 'manual';
    readonly method: string;
    readonly headers: HeaderList;
    readonly body?: string;
  };
  readonly hops: readonly {
    readonly url: string;
    readonly response: VectorResponse;
    readonly preflight?: VectorResponse;
  }[];
}

/** The request; a preflight that the vector knows nothing of is refused. */
export function redirectExchange(given: RedirectVector, id: string): readonly Exchange[] | string {
  const vector = given.request.origin.startsWith('https:') ? withoutTls(given) : given;
  const { request, hops } = vector;
  const urls = hops.flatMap(({ url, response }) => [url, response.location ?? '']);
  if (urls.some((url) => url.startsWith('https:'))) return TWO_SCHEMES;
  const { body, ...others } = request;
  const refused: PlannedResponse = { status: 403, headers: [] };
  const page: PageRequest = {
    ...others,
    url: below(id, hops[0]?.url ?? ''),
    ...(body === undefined ? {} : { body: { content: body, contentType: null } }),
  };
  const answers = hops.map(({ url, response, preflight }) => {
    const { location } = response;
    const actual =
      location === undefined ? response : { ...response, location: locationBelow(id, location) };
    return {
      url: below(id, url),
      preflight: preflight === undefined ? refused : plannedResponse(preflight),
      actual: plannedResponse(actual),
    };
  });
  return [{ id, steps: [{ request: page, answers }] }];
}

function locationBelow(id: string, location: string): string {
  return location.startsWith('http:') ? below(id, location) : location;
}

/** Of `origin-serialization.json`. */
export type SerializationVector = Vector &
  (
    | { readonly kind: 'serialize' }
    | {
        readonly kind: 'redirect-taint';
        readonly requestOrigin: string;
        readonly urlList: readonly string[];
      }
    | {
        readonly kind: 'origin-header';
        readonly request: {
          readonly origin: string;
          readonly mode: string;
          readonly method: string;
          readonly referrerPolicy: ReferrerPolicy;
          readonly url: string;
          readonly redirectTaint?: string;
        };
      }
  );

/** A GET along the URLs, or the request with its referrer policy. */
export function serializationExchange(
  given: SerializationVector,
  id: string,
): readonly Exchange[] | string {
  const isSecure = JSON.stringify(given).includes('"https://app.example"');
  const vector = isSecure ? withoutTls(given) : given;
  if (vector.kind === 'serialize') return 'No request is made: it is about a URL by itself.';
  if (vector.kind === 'redirect-taint') return alongUrls(vector.requestOrigin, vector.urlList, id);
  const { origin, mode, method, referrerPolicy, url, redirectTaint } = vector.request;
  if (mode !== 'cors' && mode !== 'no-cors' && mode !== 'same-origin') {
    return `No script makes a request in mode ${mode}.`;
  }
  if (redirectTaint !== undefined) return 'The way that taints it is not given.';
  if (url.startsWith('https:')) return TWO_SCHEMES;
  const request: PageRequest = { origin, url: below(id, url), method, mode, referrerPolicy };
  const answer = {
    url: request.url,
    preflight: permissivePreflight(request),
    actual: permissive(origin),
  };
  return [{ id, steps: [{ request, answers: [answer] }] }];
}

function alongUrls(
  origin: string,
  given: readonly string[],
  id: string,
): readonly Exchange[] | string {
  if (given.some((url) => url.startsWith('https:'))) return TWO_SCHEMES;
  const urls = given.map((url, index) => `${below(id, url)}${index}`);
  const anybody = ['Access-Control-Allow-Origin', '*'] as const;
  const answers = urls.map((url, index) => {
    const next = urls[index + 1];
    const preflight = { status: 403, headers: [] };
    const actual: PlannedResponse =
      next === undefined
        ? { status: 200, headers: [anybody] }
        : { status: 302, headers: [anybody, ['Location', next]] };
    return { url, preflight, actual };
  });
  return [{ id, steps: [{ request: { origin, url: urls[0] ?? '' }, answers }] }];
}
