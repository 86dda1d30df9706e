/**
 * Checked options → a policy: everything that the options fix is computed here, once. Decisions that
 * do not depend on the request's values are made here too, and shared.
 */
import { type Decision, grant, refuse, VARY_NOTHING, VARY_ORIGIN } from './decision.js';
import { actualHeaders, type GrantedFields } from './granted-headers.js';
import type { OriginPredicate } from './options.js';
import { compileOriginSet, type OriginSet } from './origin-set.js';
import { type Grants, grantsOf, shareGrants, type SharedGrants } from './shared-grants.js';
import type { CheckedOptions } from './validate-options.js';

/** A compiled policy. Immutable, but for what it shares. */
export interface Policy extends GrantedFields {
  readonly withoutOrigin: Decision;
  /** Set when any origin is allowed: then nothing of the request but its kind matters. */
  readonly any: Grants | null;
  /** The listed origins; null under a predicate. */
  readonly origins: OriginSet | null;
  /** What was decided of those that are listed by their exact names. */
  readonly shared: SharedGrants;
  readonly predicate: OriginPredicate | null;
  /** Whether the predicate may be asked about `null`. */
  readonly asksAboutNull: boolean;
  /** Whether the predicate may be asked about `http:` origins that are not loopback. */
  readonly asksAboutInsecure: boolean;
  /** The status that answers a granted preflight; null leaves it to the application. */
  readonly preflightStatus: number | null;
  readonly echoesMethod: boolean;
  readonly echoesHeaders: boolean;
  /** What an origin-granted preflight's reply varies on. */
  readonly preflightVary: readonly string[];
  /** All settings but the origins, as text, for comparing two policies. */
  readonly settings: string;
}

/** Compiles a policy. */
export function compilePolicy(options: CheckedOptions): Policy {
  const { origin, credentials, methods, allowedHeaders, exposedHeaders, maxAge } = options;
  // With credentials `*` is literal to browsers, so what was asked is echoed instead.
  // https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
  const echoesMethod = credentials && methods.includes('*');
  const echoesHeaders = credentials && allowedHeaders.includes('*');
  const granted: GrantedFields = {
    credentials,
    exposedHeaders: joined(exposedHeaders),
    methods: echoesMethod ? null : joined(methods),
    allowedHeaders: echoesHeaders ? null : joined(allowedHeaders),
    maxAge: maxAge === null ? null : String(maxAge),
  };
  const preflightStatus = options.preflightContinue ? null : options.optionsSuccessStatus;
  const asksAboutNull = options.allowNullOrigin;
  const asksAboutInsecure = !credentials || options.allowInsecureOrigins;
  const isAny = origin.kind === 'any';
  return Object.freeze({
    ...granted,
    withoutOrigin: isAny
      ? grant('not-cors', 'any-origin', actualHeaders('*', granted), VARY_NOTHING, null)
      : SHARED_REFUSALS.withoutOrigin,
    any: isAny ? grantsOf('*', 'any-origin', granted, VARY_NOTHING, preflightStatus, false) : null,
    origins: origin.kind === 'patterns' ? compileOriginSet(origin.patterns) : null,
    shared: shareGrants((listed) =>
      grantsOf(
        listed,
        'origin-allowed',
        granted,
        VARY_ORIGIN,
        preflightStatus,
        echoesMethod || echoesHeaders,
      ),
    ),
    predicate: origin.kind === 'predicate' ? origin.predicate : null,
    asksAboutNull,
    asksAboutInsecure,
    preflightStatus,
    echoesMethod,
    echoesHeaders,
    preflightVary:
      echoesMethod || echoesHeaders
        ? Object.freeze([
            ...VARY_ORIGIN,
            ...(echoesMethod ? ['Access-Control-Request-Method'] : []),
            ...(echoesHeaders ? ['Access-Control-Request-Headers'] : []),
          ])
        : VARY_ORIGIN,
    settings: JSON.stringify([
      origin.kind,
      granted,
      preflightStatus,
      echoesMethod,
      echoesHeaders,
      asksAboutNull,
      asksAboutInsecure,
    ]),
  });
}

function joined(names: readonly string[]): string | null {
  return names.length === 0 ? null : names.join(',');
}

const compared = new WeakMap<Policy, WeakMap<Policy, boolean>>();

/**
 * Whether two policies decide every request alike: they were made from the same options. Each pair
 * is compared once, so that what it costs does not depend on the number of origins.
 */
export function isSamePolicy(a: Policy, b: Policy): boolean {
  if (a === b) return true;
  let known = compared.get(a);
  if (known === undefined) compared.set(a, (known = new WeakMap()));
  let same = known.get(b);
  if (same === undefined) known.set(b, (same = haveSameOptions(a, b)));
  return same;
}

function haveSameOptions(a: Policy, b: Policy): boolean {
  if (a.settings !== b.settings || a.predicate !== b.predicate) return false;
  if (a.origins === null || b.origins === null) return a.origins === b.origins;
  return a.origins.size === b.origins.size && b.origins.patterns().every(a.origins.includes);
}

/** The refusals that depend on nothing but their reason: shared by all policies. */
export const SHARED_REFUSALS: {
  readonly withoutOrigin: Decision;
  readonly actual: Readonly<Record<OriginRefusal | 'policy-conflict', Decision>>;
  readonly preflight: Readonly<Record<OriginRefusal | 'policy-conflict', Decision>>;
  readonly notCors: Readonly<Record<'policy-conflict', Decision>>;
  readonly sameOrigin: Decision;
  readonly notCorsMode: Decision;
} = {
  withoutOrigin: refuse('not-cors', 'no-origin'),
  actual: refusalsOf('actual'),
  preflight: refusalsOf('preflight'),
  notCors: { 'policy-conflict': refuse('not-cors', 'policy-conflict') },
  sameOrigin: refuse('not-cors', 'same-origin'),
  notCorsMode: refuse('not-cors', 'not-cors-mode'),
};

/** Why an origin is not granted. */
export type OriginRefusal =
  | 'origin-not-allowed'
  | 'origin-malformed'
  | 'null-origin'
  | 'insecure-origin';

function refusalsOf(
  kind: 'actual' | 'preflight',
): Record<OriginRefusal | 'policy-conflict', Decision> {
  return {
    'origin-not-allowed': refuse(kind, 'origin-not-allowed'),
    'origin-malformed': refuse(kind, 'origin-malformed'),
    'null-origin': refuse(kind, 'null-origin'),
    'insecure-origin': refuse(kind, 'insecure-origin'),
    'policy-conflict': refuse(kind, 'policy-conflict'),
  };
}
