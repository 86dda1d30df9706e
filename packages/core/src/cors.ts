/**
 * `createCors`: options → an object that decides, and can be given new options while it serves.
 */
import { decide } from './decide.js';
import type { Decision } from './decision.js';
import {
  fieldReaderFor,
  type HeaderMap,
  type HeadersLike,
  readLowerCase,
  singleValue,
} from './header-map.js';
import type { LiteralOptions } from './literal-options.js';
import type { CorsOptions, StaticCorsOptions } from './options.js';
import { compilePolicy, isSamePolicy, type Policy, SHARED_REFUSALS } from './policy.js';
import { CorsConfigError } from './problem.js';
import { checkOptions } from './validate-options.js';

/** A request, as far as CORS looks at it. */
export interface CorsRequest {
  /** As on the request line: case-sensitive. */
  readonly method: string;
  /** A plain header map, names in any case, or a `Headers`. */
  readonly headers: HeaderMap | HeadersLike;
}

/** A request whose header names are already lower-case, as Node gives them. */
export interface LowerCaseCorsRequest {
  readonly method?: string | undefined;
  readonly headers: HeaderMap;
}

/**
 * Marks a `Cors`, for copies of this package that do not share their classes. It is no part of the
 * public type: two copies of the declarations would have two symbols.
 */
const CORS = Symbol.for('@cors/core');
/** Changes when copies of this package can no longer work together. */
const VERSION = 1;

/**
 * A policy in force. `Req` is the framework's request, which the predicate gets; a `Cors` without
 * predicate fits every adapter.
 */
export interface Cors<in Req = unknown> {
  /**
   * Decides about a request: at once, unless a predicate returns a promise. Never throws.
   *
   * @param request - Method and headers. A header with several values is malformed.
   * @param context - The framework's own request, for the predicate.
   */
  decide(request: CorsRequest, context?: Req): Decision | Promise<Decision>;
  /**
   * The same for header names that are already lower-case, as in Node's `request.headers`. Faster:
   * a request without `Origin` costs one look-up.
   */
  decideLowerCase(request: LowerCaseCorsRequest, context?: Req): Decision | Promise<Decision>;
  /**
   * Puts new options in force, for every decision that begins from now on.
   *
   * @throws {@link CorsConfigError} for invalid options; the old ones then stay in force.
   */
  reconfigure(options: CorsOptions<Req>): void;
}

/** What adapters call: where nobody is told of a decision, its reason need not be found out. */
export interface AdapterCors extends Cors<never> {
  decide(request: CorsRequest, context: never, isTold?: boolean): Decision | Promise<Decision>;
  decideLowerCase(
    request: LowerCaseCorsRequest,
    context: never,
    isTold?: boolean,
  ): Decision | Promise<Decision>;
}

/** A `Cors` whose decisions are made at once. */
export interface StaticCors extends Cors {
  decide(request: CorsRequest, context?: unknown): Decision;
  decideLowerCase(request: LowerCaseCorsRequest, context?: unknown): Decision;
  reconfigure(options: StaticCorsOptions): void;
}

interface Branded {
  readonly [CORS]?: { readonly version: number; readonly policy: () => Policy } | undefined;
}

/**
 * Compiles options into a policy that decides about requests.
 *
 * @throws {@link CorsConfigError} for options that cannot work or are dangerous, with all problems.
 *
 * @example
 * ```ts
 * import { createCors } from '@cors/core';
 *
 * const cors = createCors({ origin: 'https://app.example.com', credentials: true });
 * const decision = cors.decide({ method: 'GET', headers: { Origin: 'https://app.example.com' } });
 * console.log(decision.headers); // Access-Control-Allow-Origin and -Credentials
 * ```
 */
export function createCors<
  Req = unknown,
  const Origin = unknown,
  const Credentials extends boolean | undefined = boolean,
  const Exposed = unknown,
>(
  options: CorsOptions<Req> & LiteralOptions<Origin, Credentials, Exposed>,
): [Origin] extends [string | readonly string[]] ? StaticCors : Cors<Req>;
export function createCors(options: CorsOptions<never>): Cors<never> {
  let policy = policyOf(options);
  const cors: AdapterCors & Branded = {
    decide: (request, context, isTold = true) => {
      try {
        const { method, headers } = request;
        const read = fieldReaderFor(headers);
        return decide(policy, read(headers, 'origin'), method, headers, read, context, isTold);
      } catch {
        return UNREADABLE;
      }
    },
    decideLowerCase: (request, context, isTold = true) => {
      try {
        const { method, headers } = request;
        // By its literal name: a reader, which is given many names, takes five times as long.
        const origin = singleValue(headers['origin']);
        return decide(policy, origin, method, headers, readLowerCase, context, isTold);
      } catch {
        return UNREADABLE;
      }
    },
    reconfigure: (next) => {
      policy = policyOf(next);
    },
    [CORS]: Object.freeze({ version: VERSION, policy: () => policy }),
  };
  return Object.freeze(cors);
}

/** For a map that throws when it is read, as only a hostile or broken one does: nothing is granted. */
const UNREADABLE = SHARED_REFUSALS.actual['origin-malformed'];

function policyOf(options: unknown): Policy {
  const { problems, checked } = checkOptions(options);
  if (checked === null) throw new CorsConfigError(problems);
  return compilePolicy(checked);
}

/** Whether a value is a `Cors`, made by this copy of the package or by another. Never throws. */
export function isCors(value: unknown): value is Cors<never> {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return (value as Branded)[CORS]?.version === VERSION;
  } catch {
    return false;
  }
}

/** Whether a policy may be asked again: there is no predicate, which is asked once a request. */
export function isWithoutPredicate(cors: Cors<never>): boolean {
  return (cors as Branded)[CORS]?.policy().predicate === null;
}

/** Whether two policies in force were made from the same options, and so decide alike. */
export function isSameCors(a: Cors<never>, b: Cors<never>): boolean {
  if (a === b) return true;
  const [first, second] = [(a as Branded)[CORS], (b as Branded)[CORS]];
  return (
    first !== undefined && second !== undefined && isSamePolicy(first.policy(), second.policy())
  );
}
