/**
 * The options of adapters: those of a policy, or a ready-made policy, and hooks.
 */
import { type Cors, createCors, isCors } from './cors.js';
import type { Decision } from './decision.js';
import { OPTION_NAMES } from './option-names.js';
import type { CorsOptions } from './options.js';
import { copyOwnOptions } from './own-options.js';
import { collectProblems, CorsConfigError, type ReportProblem } from './problem.js';

/** Told of each decision before the handler runs. What it throws or rejects never touches the reply. */
export type DecisionHook<Req> = (decision: Decision, request: Req) => unknown;

/** Chooses among ready-made policies for a request; `false` leaves the reply without CORS. */
export type PolicyChoice<Req> = (request: Req) => Cors<Req> | false | Promise<Cors<Req> | false>;

/** An adapter's options: a policy's own, or a ready-made one, and a hook. */
export type AdapterOptions<Req> =
  | (CorsOptions<Req> & {
      readonly onDecision?: DecisionHook<Req> | undefined;
      readonly policy?: undefined;
    })
  | ({ readonly [Name in keyof CorsOptions]?: undefined } & {
      /** A policy made by `createCors`, or a function that chooses one for each request. */
      readonly policy: Cors<Req> | PolicyChoice<Req>;
      readonly onDecision?: DecisionHook<Req> | undefined;
    });

/** An adapter's options, understood. */
interface ReadAdapterOptions<Req> {
  readonly policy: Cors<never> | PolicyChoice<Req>;
  readonly onDecision: DecisionHook<Req> | undefined;
}

/**
 * Takes an adapter's options apart.
 *
 * @param hooks - Names of function-valued options beside `onDecision`.
 * @throws {@link CorsConfigError} with every problem, of the policy's options and the adapter's.
 */
export function readAdapterOptions<Req>(
  options: AdapterOptions<Req> | Cors<Req>,
  hooks: readonly string[],
): ReadAdapterOptions<Req> {
  const { problems, report } = collectProblems();
  const hookNames = ['onDecision', ...hooks];
  const own = copyOptions(options, ['policy', ...hookNames, ...OPTION_NAMES], report);
  // What is no object, or cannot be read, has no hooks either: `createCors` says so.
  if (own === null) return { policy: createCors<never>(options as never), onDecision: undefined };
  for (const hook of hookNames) {
    const value = own[hook];
    if (value !== undefined && typeof value !== 'function') {
      const fix = 'pass a function, or leave it out.';
      report('hook-not-a-function', hook, value, 'it must be a function', fix);
    }
  }
  const onDecision = own['onDecision'] as DecisionHook<Req> | undefined;
  const policy = own['policy'];
  const rest = Object.fromEntries(
    Object.entries(own).filter(([name]) => name !== 'policy' && !hookNames.includes(name)),
  );
  if (policy === undefined) {
    try {
      const compiled = createCors<never>(rest as never);
      if (problems.length === 0) return { policy: compiled, onDecision };
    } catch (error) {
      if (!(error instanceof CorsConfigError)) throw error;
      throw new CorsConfigError([...error.problems, ...problems]);
    }
    throw new CorsConfigError(problems);
  }
  if (!isCors(policy) && typeof policy !== 'function') {
    const fix = 'pass what `createCors` returned, or a function that chooses one for a request.';
    report('policy-type', 'policy', policy, 'it is no policy', fix);
  }
  for (const [name, value] of Object.entries(rest)) {
    const known = (OPTION_NAMES as readonly string[]).includes(name);
    if (known && value === undefined) continue;
    const why = known ? 'the policy has its own' : 'there is no such option beside `policy`';
    const fix = known ? 'move it into the `createCors` of the policy.' : 'leave it out.';
    report(known ? 'policy-beside-options' : 'option-unknown', name, value, why, fix);
  }
  if (problems.length > 0) throw new CorsConfigError(problems);
  return { policy: policy as Cors<never> | PolicyChoice<Req>, onDecision };
}

function copyOptions(
  options: unknown,
  names: readonly string[],
  report: ReportProblem,
): Record<string, unknown> | null {
  try {
    if (typeof options !== 'object' || options === null || Array.isArray(options)) return null;
    // A `Cors` in place of options is a likely slip, and its own properties would hide it.
    return copyOwnOptions(isCors(options) ? { policy: options } : options, names, report);
  } catch {
    return null;
  }
}
