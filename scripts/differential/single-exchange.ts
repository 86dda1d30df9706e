/**
 * Exchanges of one request, without redirects.
 */
import { responsesOf, spoilSometimes, wantedBy, workingDraft } from './draft.js';
import type { PageRequest, ReferrerPolicy } from '@cors/browser';
import type { Step } from './exchange.js';
import type { Random } from './random.js';
import { BODIES, ODD_METHODS, oddHeaders, USUAL_HEADERS, USUAL_METHODS } from './request-forms.js';

const PAGES: readonly (readonly [weight: number, origin: string])[] = [
  [90, 'http://page.test'],
  [4, 'http://page.test:8080'],
  [2, 'http://www.page.test'],
  [4, 'null'],
];

const TARGETS: readonly (readonly [weight: number, origin: string])[] = [
  [70, 'http://api.test'],
  [6, 'http://page.test'],
  [6, 'http://page.test:8080'],
  [6, 'http://www.page.test'],
  [6, 'http://api.test:8080'],
  [6, 'http://other.test'],
  [1, 'ftp://api.test'],
];

const REFERRER_POLICIES: readonly ReferrerPolicy[] = [
  'no-referrer',
  'no-referrer-when-downgrade',
  'origin',
  'origin-when-cross-origin',
  'same-origin',
  'strict-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
];

/** One step. */
export function singleStep(random: Random, path: string): readonly Step[] {
  const target = random.weighted(TARGETS);
  const file = random.weighted([
    [90, '/a'],
    [4, '/a?b=c'],
    [3, '/a#fragment'],
    [3, '/%C3%A9?%22'],
  ]);
  const url = `${target}${path}${file}`;
  const request = requestFor(random, url);
  const wanted = wantedBy(request);
  const draft = workingDraft(random, wanted);
  spoilSometimes(random, draft, wanted);
  return [{ request, answers: [{ url, ...responsesOf(draft) }] }];
}

/** A request as a script may make it; many are not allowed without a preflight. */
export function requestFor(random: Random, url: string): PageRequest {
  const method = random.chance(82) ? random.weighted(USUAL_METHODS) : random.pick(ODD_METHODS);
  const headers = [
    ...random.some(
      USUAL_HEADERS,
      random.weighted([
        [50, 0],
        [35, 1],
        [15, 2],
      ]),
    ),
    ...(random.chance(30) ? oddHeaders(random) : []),
  ];
  const isXhr = random.chance(20);
  const takesBody = !/^(?:get|head)$/i.test(method);
  const body = random.chance(takesBody ? 40 : 1) ? random.pick(BODIES) : undefined;
  const credentialsMode = random.weighted([
    [55, undefined],
    [10, 'omit'],
    [5, 'same-origin'],
    [30, 'include'],
  ] as const);
  return {
    origin: random.weighted(PAGES),
    url,
    ...(method === 'GET' && random.chance(50) ? {} : { method }),
    ...(headers.length === 0 ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
    ...(isXhr ? xhrOf(random, credentialsMode) : fetchOf(random, credentialsMode)),
  };
}

type CredentialsMode = PageRequest['credentialsMode'];

/** XMLHttpRequest can say less: its mode is cors, it follows redirects, and cannot omit credentials. */
function xhrOf(random: Random, credentialsMode: CredentialsMode): Partial<PageRequest> {
  return {
    api: 'xhr',
    ...(credentialsMode === 'include' ? { credentialsMode } : {}),
    ...(random.chance(30) ? { uploadListener: true } : {}),
  };
}

function fetchOf(random: Random, credentialsMode: CredentialsMode): Partial<PageRequest> {
  const mode = random.weighted([
    [80, undefined],
    [10, 'cors'],
    [7, 'no-cors'],
    [3, 'same-origin'],
  ] as const);
  const redirectMode = random.weighted([
    [90, undefined],
    [4, 'follow'],
    [3, 'error'],
    [3, 'manual'],
  ] as const);
  return {
    ...(random.chance(50) ? { api: 'fetch' } : {}),
    ...(mode === undefined ? {} : { mode }),
    ...(redirectMode === undefined ? {} : { redirectMode }),
    ...(credentialsMode === undefined ? {} : { credentialsMode }),
    ...(random.chance(8) ? { referrerPolicy: random.pick(REFERRER_POLICIES) } : {}),
  };
}
