/**
 * The request that a CORS-preflight request announces, for routers that look for its route.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-request
 */
import type { LowerCaseCorsRequest } from './cors.js';
import { type FieldReader, readLowerCase } from './header-map.js';
import { readRequestHeaderNames } from './request-header-names.js';

/** Whether a request that has an `Origin` is a CORS-preflight request: any other OPTIONS is the application's own. */
export function isPreflight(method: unknown, headers: unknown, read: FieldReader): boolean {
  return method === 'OPTIONS' && read(headers, 'access-control-request-method') !== undefined;
}

/**
 * The method that a CORS-preflight request announces; `''` when it is malformed; null for any other
 * request.
 *
 * @example
 * ```ts
 * import { announcedMethod } from '@cors/core';
 *
 * const headers = { origin: 'https://a.example', 'access-control-request-method': 'PUT' };
 * console.log(announcedMethod({ method: 'OPTIONS', headers })); // PUT
 * console.log(announcedMethod({ method: 'GET', headers })); // null
 * ```
 */
export function announcedMethod({ method, headers }: LowerCaseCorsRequest): string | null {
  const hasOrigin = readLowerCase(headers, 'origin') !== undefined;
  if (!hasOrigin || !isPreflight(method, headers, readLowerCase)) return null;
  return readLowerCase(headers, 'access-control-request-method') ?? '';
}

/**
 * Whether a CORS-preflight request announces a header. Browsers send its name only, never its value.
 *
 * @param name - In lower case.
 */
export function announcesHeader({ headers }: LowerCaseCorsRequest, name: string): boolean {
  const names = readRequestHeaderNames(
    readLowerCase(headers, 'access-control-request-headers') ?? '',
  );
  return names?.split(',').includes(name) ?? false;
}
