/**
 * Policies of every size, and requests to them. Each origin is a new string, as a parser makes it: nobody
 * has computed its hash.
 */
import type { CorsOptions, LowerCaseCorsRequest } from '@cors/core';

export interface Workload {
  readonly options: CorsOptions;
  readonly request: (number: number) => LowerCaseCorsRequest;
}

/**
 * How many of the listed origins are asked for, over and over. When all of a million are, in no order, the
 * look-up waits for memory, in whichever way it is written: that is measured apart.
 */
const IN_USE = 100;
/** A prime beside every size of list: what is taken one after another lies far apart. */
const STRIDE = 7_919;

/** Which member of a list is asked for next. */
function member(number: number, count: number, inUse: number): number {
  return ((number % inUse) * STRIDE) % count;
}

const actual = (origin: string): LowerCaseCorsRequest => ({
  method: 'GET',
  headers: { host: 'api.example.com', origin: fresh(origin) },
});

const listOf = (count: number, pattern: (n: number) => string): string[] =>
  Array.from({ length: count }, (_, n) => pattern(n));

const exactOrigin = (n: number): string => `https://app-${String(n).padStart(7, '0')}.example.com`;

/** Exact origins, each of them allowed. */
export function exact(count: number, inUse: number = IN_USE): Workload {
  return {
    options: { origin: listOf(count, exactOrigin) },
    request: (number) => actual(exactOrigin(member(number, count, inUse))),
  };
}

/** Exact origins, and others that only end otherwise: strangers' are looked for each time. */
export function unlisted(count: number): Workload {
  return {
    options: { origin: listOf(count, exactOrigin) },
    request: (number) => actual(`${exactOrigin(member(number, count, IN_USE))}.evil.example`),
  };
}

/** Subdomain patterns, and a subdomain of each. */
export function patterns(count: number): Workload {
  const base = (n: number): string => `team-${String(n).padStart(7, '0')}.example.com`;
  return {
    options: { origin: listOf(count, (n) => `https://*.${base(n)}`) },
    request: (number) => actual(`https://app.${base(member(number, count, IN_USE))}`),
  };
}

/** One pattern, and hosts of many labels under it. */
export function labels(count: number): Workload {
  const host = `${'a.'.repeat(count)}example.com`;
  return {
    options: { origin: ['https://*.example.com'] },
    request: () => actual(`https://${host}`),
  };
}

const one: CorsOptions = {
  origin: [exactOrigin(0)],
  credentials: true,
  methods: ['GET', 'PUT'],
  allowedHeaders: ['X-Token'],
  maxAge: 600,
};

/** One listed origin, and the kinds of requests there are. */
export const ONE_ORIGIN: Readonly<Record<string, Workload>> = {
  allowed: { options: one, request: () => actual(exactOrigin(0)) },
  denied: { options: one, request: () => actual('https://evil.example') },
  preflight: { options: one, request: () => asking(exactOrigin(0)) },
  'denied preflight': { options: one, request: () => asking('https://evil.example') },
  'no Origin': {
    options: one,
    request: () => ({ method: 'GET', headers: { host: 'api.example.com', accept: '*/*' } }),
  },
};

function asking(origin: string): LowerCaseCorsRequest {
  const { headers } = actual(origin);
  const asked = {
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'x-token',
  };
  return { method: 'OPTIONS', headers: { ...headers, ...asked } };
}

/** A copy that shares nothing with the original, not even its hash. */
function fresh(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
