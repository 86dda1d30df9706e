/**
 * What is played against every adapter: options for ours and for the peer, and the request that is
 * sent again and again. What the floor sets is what ours decides: the same headers, without a check.
 */
import { createCors, type CorsOptions } from '@cors/core';

/** A policy as the peers take it, in the names of `cors`. */
export interface PeerOptions {
  readonly origin: string | string[] | RegExp[];
  readonly credentials?: boolean;
  readonly exposedHeaders?: string[];
  readonly methods?: string[];
  readonly allowedHeaders?: string[];
  readonly maxAge?: number;
}

/** What a hand-written middleware sets that checks nothing. */
export interface FloorReply {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The status to answer with; null to go on to the handler. */
  readonly status: number | null;
}

export interface Scenario {
  readonly ours: CorsOptions;
  readonly peer: PeerOptions;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

const ORIGIN = 'https://app.example.com';

const one = {
  origin: [ORIGIN],
  credentials: true,
  exposedHeaders: ['X-Total'],
  methods: ['GET', 'PUT'],
  allowedHeaders: ['X-Token'],
  maxAge: 600,
};

const get = (options: CorsOptions & PeerOptions, origin?: string): Scenario => ({
  ours: options,
  peer: options,
  method: 'GET',
  headers: origin === undefined ? {} : { origin },
});

const preflight = (
  ours: CorsOptions,
  peer: PeerOptions,
  headers: Readonly<Record<string, string>>,
): Scenario => ({
  ours,
  peer,
  method: 'OPTIONS',
  headers: { origin: ORIGIN, 'access-control-request-method': 'PUT', ...headers },
});

/** Scenarios without long lists or hostile input: every framework has a floor in them. */
export const SMALL_SCENARIOS = [
  'any origin',
  'one origin',
  'preflight',
  'no Origin',
  'denied',
] as const;
export const LARGE_SCENARIOS = [
  '1,000 origins',
  '100,000 origins',
  '1,000 patterns',
  'hostile',
] as const;
export type ScenarioName = (typeof SMALL_SCENARIOS)[number] | (typeof LARGE_SCENARIOS)[number];

/** Made when asked for: a hundred thousand origins are not for every process. */
const SCENARIOS: Readonly<Record<ScenarioName, () => Scenario>> = {
  'any origin': () => get({ origin: '*' }, ORIGIN),
  'one origin': () => get(one, ORIGIN),
  preflight: () => preflight(one, one, { 'access-control-request-headers': 'x-token' }),
  'no Origin': () => get(one),
  denied: () => get(one, 'https://evil.example'),
  // The last of the list, which is as far as a scan can have to go.
  '1,000 origins': () => get({ origin: origins(1_000) }, 'https://app999.example.com'),
  '100,000 origins': () => get({ origin: origins(100_000) }, 'https://app99999.example.com'),
  '1,000 patterns': () => ({
    ...get({ origin: numbered(1_000, (n) => `https://*.team${n}.example.com`) }),
    peer: { origin: numbered(1_000, (n) => new RegExp(`^https://.+\\.team${n}\\.example\\.com$`)) },
    headers: { origin: 'https://app.team999.example.com' },
  }),
  // Eight kilobytes are what most servers let through. The peers send back what was asked for when
  // no list is given; ours does for `*` with credentials.
  hostile: () =>
    preflight(
      { origin: [ORIGIN], credentials: true, allowedHeaders: '*' },
      { origin: [ORIGIN], credentials: true },
      { 'access-control-request-headers': 'x,'.repeat(4_096) },
    ),
};

export function scenarioNamed(name: ScenarioName): Scenario {
  return SCENARIOS[name]();
}

export function floorReply({ ours, method, headers }: Scenario): FloorReply {
  const decision = createCors(ours as { origin: string[] }).decide({ method, headers });
  const fields = Object.entries(decision.headers);
  if (decision.vary.length > 0) fields.push(['Vary', decision.vary.join(', ')]);
  return { headers: fields, status: decision.respond };
}

function origins(count: number): string[] {
  return numbered(count, (n) => `https://app${n}.example.com`);
}

function numbered<Item>(count: number, make: (number: number) => Item): Item[] {
  return Array.from({ length: count }, (_, number) => make(number));
}
