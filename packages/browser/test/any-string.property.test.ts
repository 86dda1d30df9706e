import fc from 'fast-check';
import { expect, it } from 'vitest';

import {
  authorRequestHeaders,
  corsCheck,
  corsPreflightRequest,
  corsUnsafeRequestHeaderNames,
  exposedResponseHeaders,
  extractHeaderListValues,
  type FetchRequest,
  type FetchResponse,
  getHeaderValue,
  type Header,
  isCorsNonWildcardRequestHeaderName,
  isCorsSafelistedMethod,
  isCorsSafelistedRequestHeader,
  isForbiddenMethod,
  isForbiddenRequestHeader,
  isMethod,
  needsPreflight,
  normalizeMethod,
  preflightCauses,
  preflightCheck,
  preflightMaxAge,
} from '../src/index.js';
import { anyHeaders, anyName, anyText, EXTRACTED } from './any-text.js';

const anyRequest: fc.Arbitrary<FetchRequest> = fc.record({
  origin: anyText,
  credentialsMode: fc.constantFrom('omit', 'same-origin', 'include'),
  method: anyText,
  headers: anyHeaders,
  useCorsPreflight: fc.option(fc.boolean(), { nil: undefined }),
});

const anyResponse: fc.Arbitrary<FetchResponse> = fc.record({
  status: fc.oneof(fc.constantFrom(199, 200, 204, 299, 300), fc.integer()),
  headers: anyHeaders,
});

it('nothing throws', () => {
  fc.assert(
    fc.property(anyRequest, anyResponse, anyName, anyText, (request, response, name, value) => {
      isMethod(value);
      isForbiddenMethod(value);
      isCorsSafelistedMethod(normalizeMethod(value));
      isForbiddenRequestHeader(name, value);
      isCorsSafelistedRequestHeader(name, value);
      isCorsNonWildcardRequestHeaderName(name);
      authorRequestHeaders(request.headers);
      corsUnsafeRequestHeaderNames(request.headers);
      preflightCauses(request);
      corsPreflightRequest(request);
      getHeaderValue(name, response.headers);
      for (const extracted of EXTRACTED) extractHeaderListValues(extracted, response.headers);
      preflightMaxAge(response);
      corsCheck(request, response);
      preflightCheck(request, response);
      exposedResponseHeaders(response, request.credentialsMode);
    }),
  );
});

it('a preflight is needed exactly where it has something to ask, or the flag is set', () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const asks =
        request.useCorsPreflight === true ||
        !isCorsSafelistedMethod(request.method) ||
        corsUnsafeRequestHeaderNames(request.headers).length > 0;
      expect(needsPreflight(request)).toBe(asks);
    }),
  );
});

it('a preflight passes only with an ok status and a CORS check that passes', () => {
  fc.assert(
    fc.property(anyRequest, anyResponse, (request, response) => {
      const { ok } = preflightCheck(request, response);
      const isOkStatus = response.status >= 200 && response.status <= 299;
      const ground = corsCheck(request, response).ok && isOkStatus;
      expect(!ok || ground).toBe(true);
    }),
  );
});

it('a wildcard never passes a CORS check with credentials', () => {
  fc.assert(
    fc.property(anyRequest, anyHeaders, (request, headers) => {
      fc.pre(
        request.origin !== '*' && getHeaderValue('access-control-allow-origin', headers) === null,
      );
      const wild: Header[] = [...headers, ['Access-Control-Allow-Origin', '*']];
      const result = corsCheck({ ...request, credentialsMode: 'include' }, { headers: wild });
      expect(result).toMatchObject({ ok: false, reason: 'wildcard-with-credentials' });
    }),
  );
});

it('a response header is seen by its name alone, and cookies never', () => {
  fc.assert(
    fc.property(anyRequest, anyResponse, ({ credentialsMode }, response) => {
      const seen = exposedResponseHeaders(response, credentialsMode);
      const names = new Set(seen.map(([name]) => name));
      expect(seen).toEqual(response.headers.filter(([name]) => names.has(name)));
      for (const name of names) expect(name.toLowerCase()).not.toMatch(/^set-cookie2?$/);
    }),
  );
});

it('every cause of a preflight by a header names one that the preflight asks for', () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const asked = corsUnsafeRequestHeaderNames(request.headers);
      const causes = preflightCauses(request).flatMap((cause) =>
        'name' in cause ? [cause.name] : [],
      );
      expect(causes).toEqual(asked);
      expect([...asked]).toEqual([...new Set(asked)].sort());
    }),
  );
});
