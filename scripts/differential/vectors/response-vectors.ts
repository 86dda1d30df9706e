/**
 * Vectors about responses: the CORS check, the check of a preflight, and which headers are exposed.
 */
import type { CredentialsMode, HeaderList } from '@cors/browser';
import type { PageRequest } from '@cors/browser';
import type { Exchange } from '../exchange.js';
import {
  headerListOf,
  permissive,
  permissivePreflight,
  plannedResponse,
  type Vector,
  type VectorResponse,
  withoutTls,
} from './vector-files.js';

/** Of `cors-check.json`. */
export interface CorsCheckVector extends Vector {
  readonly requestOrigin: string;
  readonly credentialsMode: CredentialsMode;
  readonly responseHeaders: VectorResponse['headers'];
  readonly responseStatus?: number;
}

/** A GET. */
export function corsCheckExchange(given: CorsCheckVector, id: string): readonly Exchange[] {
  const isSecure = given.requestOrigin.startsWith('https:');
  const vector = isSecure ? withoutTls(given) : given;
  const url = `http://target.test/x/${id}/`;
  const request: PageRequest = {
    origin: vector.requestOrigin,
    url,
    credentialsMode: vector.credentialsMode,
  };
  const { responseStatus: status = 200, responseHeaders: headers } = vector;
  const actual = plannedResponse({ status, headers });
  return [
    {
      id,
      steps: [{ request, answers: [{ url, preflight: permissivePreflight(request), actual }] }],
    },
  ];
}

/** Of `exposed-headers.json`. */
export interface ExposedVector extends Vector {
  readonly credentialsMode: CredentialsMode;
  readonly responseHeaders: VectorResponse['headers'];
}

const PAGE = 'http://page.test';

/** A GET whose response passes; where the vector does not say how, the page's origin is named. */
export function exposedExchange(vector: ExposedVector, id: string): readonly Exchange[] {
  const url = `http://target.test/x/${id}/`;
  const { credentialsMode, responseHeaders } = withoutTls(vector);
  const named = headerListOf(responseHeaders).find(([name]) => isAllowOrigin(name))?.[1];
  const origin = named?.startsWith('http:') === true ? named : PAGE;
  const request: PageRequest = { origin, url, credentialsMode };
  const given = headerListOf(responseHeaders).filter(
    ([name, value]) => !(isAllowOrigin(name) && credentialsMode === 'include' && value === '*'),
  );
  const grant = permissive(origin).headers.filter(
    ([name]) => !names(given).has(name.toLowerCase()),
  );
  const actual = { status: 200, headers: [...grant, ...given] };
  return [
    {
      id,
      steps: [{ request, answers: [{ url, preflight: permissivePreflight(request), actual }] }],
    },
  ];
}

function isAllowOrigin(name: string): boolean {
  return name.toLowerCase() === 'access-control-allow-origin';
}

function names(headers: HeaderList): ReadonlySet<string> {
  return new Set(headers.map(([name]) => name.toLowerCase()));
}

/** Of `preflight-check.json`. */
export interface PreflightCheckVector extends Vector {
  readonly request: {
    readonly origin: string;
    readonly method: string;
    readonly methodIsFinal?: true;
    readonly headers: HeaderList;
    readonly credentialsMode: CredentialsMode;
    readonly useCorsPreflightFlag?: true;
  };
  readonly preflightResponse: VectorResponse;
}

/** The request that the preflight is for. */
export function preflightCheckExchange(
  given: PreflightCheckVector,
  id: string,
): readonly Exchange[] | string {
  const { request, preflightResponse } = withoutTls(given);
  const { origin, method, headers, credentialsMode } = request;
  const { status } = preflightResponse;
  if (request.methodIsFinal) return 'A script cannot name this method: it would be normalized.';
  if (status < 200) return 'A status below 200 is no final response.';
  if (status === 407) return 'Behind a proxy, a 407 is the proxy asking for a password.';
  const url = `http://target.test/x/${id}/`;
  // Without a cause, a preflight is sent only for a listener on `upload`, which changes nothing else;
  // in Chromium only if there is something to upload.
  const isPost = method.toUpperCase() === 'POST';
  const isForced =
    request.useCorsPreflightFlag === true ||
    (['GET', 'HEAD', 'POST'].includes(method.toUpperCase()) &&
      headers.every(([name, value]) => name === 'Accept' && value === '*/*'));
  const page: PageRequest = {
    origin,
    url,
    method,
    headers,
    ...(isForced
      ? {
          api: 'xhr',
          uploadListener: true,
          ...(isPost ? { body: { content: 'x' } } : {}),
          credentialsMode: credentialsMode === 'include' ? 'include' : 'same-origin',
        }
      : { credentialsMode }),
  };
  const answer = { url, preflight: plannedResponse(preflightResponse), actual: permissive(origin) };
  return [{ id, steps: [{ request: page, answers: [answer] }] }];
}
