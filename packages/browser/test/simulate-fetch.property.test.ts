import fc from 'fast-check';
import { expect, it } from 'vitest';

import {
  CorsPreflightCache,
  type FetchResponse,
  type PageRequest,
  type ProfileName,
  simulateFetch,
  VERDICTS,
} from '../src/index.js';
import { anyHeaders, anyText } from './any-text.js';

const ORIGIN = 'https://app.example.com';

const anyUrl = fc.oneof(
  anyText,
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.constantFrom(
    ...[`${ORIGIN}/a`, 'https://api.example.com/', 'http://localhost:3000', 'data:,a', 'file:///a'],
    ...['localhost:3000/a', 'about:blank', '//b.example', '/', '', 'https://a:b@c.example/'],
  ),
  anyText.map((text) => `https://api.example.com/${text}`),
);

const anyOrigin = fc.oneof(fc.constantFrom(ORIGIN, 'null', 'http://localhost:5173'), anyText);

// Mostly such as get further than the first check.
const anyPageRequest: fc.Arbitrary<PageRequest> = fc.record(
  {
    origin: anyOrigin,
    url: anyUrl,
    method: fc.oneof(fc.constantFrom('GET', 'PUT', 'patch', 'POST'), anyText),
    headers: anyHeaders,
    mode: fc.constantFrom('cors' as const, 'no-cors' as const, 'same-origin' as const),
    credentialsMode: fc.constantFrom('omit' as const, 'same-origin' as const, 'include' as const),
    redirectMode: fc.constantFrom('follow' as const, 'error' as const, 'manual' as const),
    body: fc.option(
      fc.record(
        { content: anyText, contentType: fc.option(anyText), isStream: fc.boolean() },
        { requiredKeys: ['content'] },
      ),
    ),
    api: fc.constantFrom('fetch' as const, 'xhr' as const),
    uploadListener: fc.boolean(),
    topLevelSite: anyText,
  },
  { requiredKeys: ['origin', 'url'] },
);

const anyAnswer: fc.Arbitrary<FetchResponse> = fc.record({
  status: fc.oneof(fc.constantFrom(0, 200, 204, 301, 303, 307, 308, 401, 405, 500), fc.integer()),
  headers: fc
    .tuple(
      fc.subarray([
        ['Access-Control-Allow-Origin', ORIGIN] as const,
        ['Access-Control-Allow-Origin', '*'] as const,
        ['Access-Control-Allow-Credentials', 'true'] as const,
        ['Access-Control-Allow-Methods', '*'] as const,
        ['Access-Control-Allow-Headers', '*, authorization'] as const,
      ]),
      fc.option(anyUrl),
      anyHeaders,
    )
    .map(([some, location, others]) => [
      ...some,
      ...(location === null ? [] : [['Location', location] as const]),
      ...others,
    ]),
});

const anyProfile = fc.constantFrom<ProfileName>('standard', 'chromium', 'firefox', 'webkit');

it('simulateFetch never rejects, and always has a verdict', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyPageRequest, { minLength: 1, maxLength: 2 }),
      fc.array(fc.option(anyAnswer, { freq: 10 }), { minLength: 1, maxLength: 5 }),
      anyProfile,
      async (requests, answers, profile) => {
        const cache = new CorsPreflightCache();
        let asked = 0;
        for (const request of requests) {
          const { verdict, page, failure } = await simulateFetch(
            request,
            () => {
              const answer = answers[asked++ % answers.length] ?? null;
              if (answer === null) throw new Error('no answer');
              return answer;
            },
            { profile, cache, clock: () => asked * 1000 },
          );
          const { blocked, code, cause, fix } = verdict;
          // One call of `expect`: they take longer than all the rest.
          const isWhole =
            code in VERDICTS &&
            blocked === (page === null) &&
            blocked === (failure !== null) &&
            (!blocked || fix !== null) &&
            cause.endsWith('.');
          if (!isWhole) expect.fail(JSON.stringify(verdict));
        }
      },
    ),
  );
});

it('what a server sends stands in a verdict as printable text, and not at any length', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'PUT', 'patch'),
      fc.array(anyAnswer, { minLength: 1, maxLength: 3 }),
      anyProfile,
      async (method, answers, profile) => {
        let asked = 0;
        const request = { origin: ORIGIN, url: 'https://api.example.com/', method };
        const send = (): FetchResponse => answers[asked++ % answers.length]!;
        const { verdict } = await simulateFetch(request, send, { profile });
        for (const text of [verdict.cause, verdict.fix ?? '']) {
          const isFit = /^[\x20-\x7e‘’…]*$/.test(text) && text.length < 2000;
          if (!isFit) expect.fail(JSON.stringify(text));
        }
      },
    ),
  );
});
