/**
 * Exchanges of one request that is redirected: to the same origin, to others, and back.
 */
import { responsesOf, spoil, wantedBy, workingDraft } from './draft.js';
import type { PageRequest } from '@cors/browser';
import type { PlannedAnswer, Step } from './exchange.js';
import { linesOf } from './header-forms.js';
import type { Random } from './random.js';
import { requestFor } from './single-exchange.js';

const ORIGINS: readonly (readonly [weight: number, origin: string])[] = [
  [30, 'http://page.test'],
  [40, 'http://api.test'],
  [14, 'http://other.test'],
  [6, 'http://api.test:8080'],
  [5, 'http://page.test:8080'],
  [5, 'http://www.page.test'],
];

const STATUSES = [301, 302, 303, 307, 308];
const NO_REDIRECTS = [300, 304, 305, 306, 201, 404];

/** One step, with an answer for each hop. */
export function redirectedSteps(random: Random, path: string): readonly Step[] {
  const hops = random.weighted([
    [55, 2],
    [30, 3],
    [13, 4],
    // One more than may be followed, and just as many.
    [1, 22],
    [1, 21],
  ]);
  // A long way among few origins, or most of them end early.
  const chosen = hops > 4 ? [random.weighted(ORIGINS)] : undefined;
  const urls = Array.from({ length: hops }, (_, index) => {
    const origin = chosen === undefined ? random.weighted(ORIGINS) : random.pick(chosen);
    return `${origin}${path}/${index}`;
  });
  const request = soberRequest(random, urls[0] ?? '');
  const spoilt = random.chance(45) ? random.below(hops) : -1;
  const answers = urls.map((url, index): PlannedAnswer => {
    const origin = originHeader(request.origin, urls.slice(0, index + 1));
    const wanted = { ...wantedBy(request), origin };
    const draft = workingDraft(random, wanted);
    if (index < hops - 1) {
      draft.status = random.chance(95) ? random.pick(STATUSES) : random.pick(NO_REDIRECTS);
    }
    if (index === spoilt) spoil(random, draft, wanted);
    const { preflight, actual } = responsesOf(draft);
    const next = urls[index + 1];
    if (next === undefined) return { url, preflight, actual };
    const location = linesOf(
      'Location',
      locationLines(random, request, url, next, index === spoilt),
    );
    return { url, preflight, actual: { ...actual, headers: [...actual.headers, ...location] } };
  });
  return [{ request, answers }];
}

/** Requests that mostly reach the redirect. */
function soberRequest(random: Random, url: string): PageRequest {
  const request = requestFor(random, url);
  const redirectMode = random.weighted([
    [88, 'follow'],
    [6, 'error'],
    [6, 'manual'],
  ] as const);
  return request.api === 'xhr' ? request : { ...request, redirectMode };
}

/** What most servers write, and what few do. */
function locationLines(
  random: Random,
  { api }: PageRequest,
  url: string,
  next: string,
  isOdd: boolean,
): readonly string[] {
  const { origin, host, pathname } = new URL(next);
  const isSameOrigin = new URL(url).origin === origin;
  const usual = isSameOrigin && random.chance(50) ? pathname : next;
  if (!isOdd && random.chance(80)) return [usual];
  return random.pick([
    [next],
    [`//${host}${pathname}`],
    [`${next}#fragment`],
    [`  ${next}\t`],
    [next.replace('http://', 'HTTP://')],
    [next.replace('http://', 'http:/')],
    ...['user:password', 'user', ':password', 'user:', ':', ''].map((userinfo) => [
      next.replace('http://', `http://${userinfo}@`),
    ]),
    [pathname.slice(pathname.lastIndexOf('/') + 1)],
    [],
    [''],
    ['#fragment'],
    [next, next],
    [next, url],
    ['ftp://api.test/'],
    ['data:text/plain,a'],
    ['about:blank'],
    // A blob: for fetch() only: to an XMLHttpRequest Firefox never says how that ends.
    [api !== 'xhr' ? 'blob:http://page.test/1' : 'data:text/plain,a'],
    ['javascript:1'],
    // No mailto: in mode no-cors Firefox hands it to the system, and the page is gone with all that it plays.
    ['http://'],
    // No host with a space: Chromium's URL parser takes it for one, which is no matter of CORS.
    ['http://[x]/'],
    ['http://api.test:99999/'],
  ]);
}

/** The `Origin` at the end of the way: once it leads from a foreign origin to another one, `null`. */
function originHeader(origin: string, urls: readonly string[]): string {
  const origins = urls.map((url) => new URL(url).origin);
  const isTainted = origins.some((each, index) => {
    const before = origins[index - 1];
    return before !== undefined && before !== each && before !== origin;
  });
  return isTainted ? 'null' : origin;
}
