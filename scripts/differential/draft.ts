/**
 * A handshake that works, and ways to spoil it: an exchange that is wrong in one or two places gets past
 * the other checks, and so tests the one that must catch it.
 */
import type { Header } from '@cors/browser';
import type { PageRequestBody, PageRequest } from '@cors/browser';
import type { PlannedResponse } from './exchange.js';
import { ALLOW_CREDENTIALS_FORMS, allowOriginForms } from './header-forms.js';
import {
  type Lines,
  linesOf,
  MAX_AGE_FORMS,
  tokenListForms,
  usualTokenList,
} from './header-forms.js';
import type { Random } from './random.js';

/** What a server answers, by header. */
export interface Draft {
  preflightStatus: number;
  status: number;
  preflightAllowOrigin: Lines;
  preflightAllowCredentials: Lines;
  allowMethods: Lines;
  allowHeaders: Lines;
  maxAge: Lines;
  allowOrigin: Lines;
  allowCredentials: Lines;
  expose: Lines;
  others: readonly Header[];
}

// Cookies are kept to their exchange.
const OTHER_HEADERS: readonly Header[] = [
  ['X-A', '1'],
  ['x-b', '2'],
  ['X-Request-Id', 'abc'],
  ['ETag', '"1"'],
  ['Content-Type', 'text/plain'],
  ['Content-Language', 'en'],
  ['Cache-Control', 'no-store'],
  ['Expires', '0'],
  ['Last-Modified', 'Thu, 01 Jan 2026 00:00:00 GMT'],
  ['Pragma', 'no-cache'],
  ['Set-Cookie', 'a=1; Max-Age=0'],
  ['Set-Cookie2', 'a=1'],
  ['Vary', 'Origin'],
  ['*', 'a header called *'],
  ['X-A', '2'],
];

const PREFLIGHT_STATUSES = [
  ...[200, 200, 201, 202, 206, 299, 300, 301, 302, 303, 307, 308, 304, 400, 401, 403, 404, 405],
  ...[410, 429, 500, 501, 502, 503],
];

const STATUSES = [
  ...[200, 201, 202, 204, 205, 206, 299, 300, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404],
  ...[405, 409, 410, 418, 422, 429, 500, 501, 502, 503, 599],
];

/** What a request must be allowed. */
export interface Wanted {
  readonly origin: string;
  readonly method: string;
  readonly headerNames: readonly string[];
  readonly withCredentials: boolean;
}

/** What a request must be allowed, as far as its script tells. */
export function wantedBy({ origin, method, headers, body, credentialsMode }: PageRequest): Wanted {
  const names = new Set((headers ?? []).map(([name]) => name));
  if (brings(body)) names.add('Content-Type');
  const upper = (method ?? 'GET').toUpperCase();
  const isNormalized = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'].includes(upper);
  return {
    origin,
    method: isNormalized ? upper : (method ?? 'GET'),
    headerNames: Array.from(names).filter((name) => /^[\w-]+$/.test(name)),
    withCredentials: credentialsMode === 'include',
  };
}

function brings(body: PageRequestBody | null | undefined): boolean {
  return body !== undefined && body !== null && body.contentType !== null;
}

/** Answers that let a request pass. */
export function workingDraft(random: Random, wanted: Wanted): Draft {
  const { origin, withCredentials } = wanted;
  const allowOrigin = (): Lines => (withCredentials || random.chance(50) ? [origin] : ['*']);
  const allowCredentials: Lines = withCredentials || random.chance(10) ? ['true'] : [];
  const others = random.some(OTHER_HEADERS, random.below(5));
  const exposed = others.map(([name]) => name).filter((name) => name !== '*');
  return {
    preflightStatus: random.pick([200, 204]),
    status: 200,
    preflightAllowOrigin: allowOrigin(),
    preflightAllowCredentials: allowCredentials,
    allowMethods: usualTokenList(random, [wanted.method], !withCredentials),
    allowHeaders: usualTokenList(random, wanted.headerNames, !withCredentials),
    maxAge: random.chance(30) ? ['600'] : [],
    allowOrigin: allowOrigin(),
    allowCredentials,
    expose: random.chance(50) ? usualTokenList(random, exposed, true) : [],
    others,
  };
}

/** Changes one thing, mostly for the worse. */
export function spoil(random: Random, draft: Draft, wanted: Wanted): void {
  const exposed = draft.others.map(([name]) => name);
  const change = random.weighted<() => void>([
    [18, () => (draft.allowOrigin = random.pick(allowOriginForms(wanted.origin)))],
    [14, () => (draft.preflightAllowOrigin = random.pick(allowOriginForms(wanted.origin)))],
    [8, () => (draft.allowCredentials = random.pick(ALLOW_CREDENTIALS_FORMS))],
    [7, () => (draft.preflightAllowCredentials = random.pick(ALLOW_CREDENTIALS_FORMS))],
    [18, () => (draft.allowMethods = random.pick(tokenListForms([wanted.method, 'PUT', 'X'])))],
    [
      18,
      () => (draft.allowHeaders = random.pick(tokenListForms([...wanted.headerNames, 'X-Other']))),
    ],
    [5, () => (draft.maxAge = random.pick(MAX_AGE_FORMS))],
    [22, () => (draft.expose = random.pick(tokenListForms(exposed)))],
    [8, () => (draft.preflightStatus = random.pick(PREFLIGHT_STATUSES))],
    [8, () => (draft.status = random.pick(STATUSES))],
  ]);
  change();
}

/** As often as an exchange is spoilt. */
export function spoilSometimes(random: Random, draft: Draft, wanted: Wanted): void {
  const times = random.weighted([
    [35, 0],
    [45, 1],
    [16, 2],
    [4, 3],
  ]);
  for (let time = 0; time < times; time += 1) spoil(random, draft, wanted);
}

/** The two responses. */
export function responsesOf(draft: Draft): { preflight: PlannedResponse; actual: PlannedResponse } {
  return {
    preflight: {
      status: draft.preflightStatus,
      headers: [
        ...linesOf('Access-Control-Allow-Origin', draft.preflightAllowOrigin),
        ...linesOf('Access-Control-Allow-Credentials', draft.preflightAllowCredentials),
        ...linesOf('Access-Control-Allow-Methods', draft.allowMethods),
        ...linesOf('Access-Control-Allow-Headers', draft.allowHeaders),
        ...linesOf('Access-Control-Max-Age', draft.maxAge),
      ],
    },
    actual: {
      status: draft.status,
      headers: [
        ...linesOf('Access-Control-Allow-Origin', draft.allowOrigin),
        ...linesOf('Access-Control-Allow-Credentials', draft.allowCredentials),
        ...linesOf('Access-Control-Expose-Headers', draft.expose),
        ...draft.others,
      ],
    },
  };
}
