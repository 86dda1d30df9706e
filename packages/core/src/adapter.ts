/**
 * What every adapter does between a request and its reply, once: take the adapter's options apart,
 * find the policy for a request, decide, notice conflicts, and tell the hook. What is left to an
 * adapter is to apply the decision in its framework's way.
 */
import {
  type AdapterCors,
  type Cors,
  type CorsRequest,
  isCors,
  type LowerCaseCorsRequest,
} from './cors.js';
import { type AdapterOptions, type DecisionHook, readAdapterOptions } from './adapter-options.js';
import { type CorsResponseField, type Decision, fail, refuse, VARY_ORIGIN } from './decision.js';
import { describeError, describeValue } from './describe-value.js';
import { CorsPredicateError, settle, toError } from './predicate.js';
import { standingDecision, withReason } from './standing-decision.js';
import { type CorsWarning, type WarnOnce, warnOnce } from './warning.js';

/** What is in force for one reply. */
export interface Handling {
  /** Null when no policy was found: the choice was `false`, or failed. */
  readonly cors: Cors<never> | null;
  /**
   * Where no hook is told of it, a denial's kind and reason may be `actual` and `origin-not-allowed`
   * whatever they are: to find out takes as long as to decide.
   */
  readonly decision: Decision;
}

/** An adapter's half that is the same for all frameworks. */
export interface Handler<Req> {
  /**
   * Finds what is in force for a request.
   *
   * @param request - What `Cors.decide` (or `decideLowerCase`) takes.
   * @param context - The framework's request.
   * @param earlier - What an earlier adapter put in force for the same request, if one did.
   */
  readonly handle: (
    request: CorsRequest | LowerCaseCorsRequest,
    context: Req,
    earlier: Handling | undefined,
  ) => Handling | Promise<Handling>;
  /** To be called with what `commitDecision` returned: warns of the first field replaced. */
  readonly replaced: (field: CorsResponseField | null) => void;
  /** To be called with a decision's error where the platform has no error handling to pass it to. */
  readonly failed: (error: Error) => void;
  /** The hook that is told of its decisions, for policies that have none of their own. */
  readonly onDecision: DecisionHook<Req> | undefined;
}

/** How an adapter differs, as far as its handler is concerned. */
export interface HandlerSetup<Req = unknown> {
  /** Whether the framework's header names are already lower-case. */
  readonly lowerCase: boolean;
  /** Names of function-valued options of this adapter beside `onDecision`. */
  readonly hooks?: readonly string[];
  /** Told of each decision where the options have no hook of their own. */
  readonly onDecision?: DecisionHook<Req>;
  /** Shows a warning. Called at most once for each code. */
  readonly warn: (warning: CorsWarning) => void;
}

/**
 * Takes an adapter's options (or a `Cors` in their place) and makes its handler.
 *
 * @throws {@link CorsConfigError} for invalid options, with every problem.
 */
export function createHandler<Req>(
  options: AdapterOptions<Req> | Cors<Req>,
  setup: HandlerSetup<Req>,
): Handler<Req> {
  const { policy, onDecision = setup.onDecision } = readAdapterOptions(options, setup.hooks ?? []);
  const warn = warnOnce(setup.warn);
  const isTold = onDecision !== undefined;
  const decide = (cors: AdapterCors, request: unknown, context: unknown) =>
    setup.lowerCase
      ? cors.decideLowerCase(request as LowerCaseCorsRequest, context as never, isTold)
      : cors.decide(request as CorsRequest, context as never, isTold);

  const finish = (
    cors: Cors<never>,
    decided: Decision,
    isChosen: boolean,
    context: Req,
  ): Handling => {
    const decision = isChosen ? varyByOrigin(decided) : decided;
    if (onDecision !== undefined) notify(onDecision, decision, context, warn);
    return { cors, decision };
  };
  const finishLater = (
    cors: Cors<never>,
    deciding: Promise<Decision>,
    isChosen: boolean,
    context: Req,
  ): Promise<Handling> => deciding.then((decided) => finish(cors, decided, isChosen, context));

  /** What an earlier adapter's decision leaves of this one's. */
  const decideAfter = (
    earlier: Handling,
    cors: Cors<never>,
    request: unknown,
    context: Req,
  ): Decision | Promise<Decision> => {
    const standing = standingDecision(cors, earlier, warn);
    if (standing === null) return decide(cors, request, context);
    return withReason(standing, cors, isTold, () => decide(cors, request, context));
  };

  // Most requests are decided at once by one adapter: what others need functions for stands apart, since
  // V8 makes the room for them where a function begins.
  const handleWith = (
    cors: Cors<never>,
    chosen: boolean,
    request: unknown,
    context: Req,
    earlier: Handling | undefined,
  ): Handling | Promise<Handling> => {
    const decision =
      earlier === undefined
        ? decide(cors, request, context)
        : decideAfter(earlier, cors, request, context);
    // An earlier choice of no policy is a choice too.
    const isChosen = chosen || earlier?.decision.reason === 'no-policy';
    return decision instanceof Promise
      ? finishLater(cors, decision, isChosen, context)
      : finish(cors, decision, isChosen, context);
  };

  const replaced = (field: CorsResponseField | null): void => {
    if (field !== null) warn('CORS_HEADER_REPLACED', REPLACED.replaceAll('%s', field));
  };
  const failed = (error: Error): void => {
    warn('CORS_DECISION_FAILED', `${FAILED} ${describeError(error)}`);
  };
  if (isCors(policy)) {
    return {
      handle: (request, context, earlier) => handleWith(policy, false, request, context, earlier),
      replaced,
      failed,
      onDecision,
    };
  }
  const withoutPolicy = (decision: Decision, context: Req, earlier?: Handling): Handling => {
    // A failure grants nothing either, and its error must reach somebody: only an earlier one goes before it.
    const isFirstFailure = decision.error !== null && !earlier?.decision.error;
    const standing = isFirstFailure ? null : standingDecision(null, earlier, warn);
    const handling = { cors: null, decision: standing ?? decision };
    if (onDecision !== undefined) notify(onDecision, handling.decision, context, warn);
    return handling;
  };
  return {
    handle: (request, context, earlier) =>
      settle<Handling>(
        () => policy(context),
        (choice) => {
          if (isCors(choice)) return handleWith(choice, true, request, context, earlier);
          if (choice === false) return withoutPolicy(NO_POLICY, context, earlier);
          const error = new CorsPredicateError(wrongChoice(choice));
          return withoutPolicy(fail('not-cors', 'policy-failed', error), context, earlier);
        },
        (thrown) => {
          const error = toError(thrown, 'The function `policy`');
          return withoutPolicy(fail('not-cors', 'policy-failed', error), context, earlier);
        },
      ),
    replaced,
    failed,
    onDecision,
  };
}

const FAILED =
  'The predicate `origin` or the function `policy` failed, and there is no error handling to pass the ' +
  'error to, so the request was answered with status 500. Later ones reach `onDecision` only.';

const REPLACED =
  'The handler (or another middleware) set %s, and the CORS policy has the last word over it: its value ' +
  'was replaced or removed. Fix: remove the code that sets %s, or the second CORS middleware.';

const NO_POLICY: Decision = refuse('not-cors', 'no-policy');

function wrongChoice(choice: unknown): string {
  return (
    `The function \`policy\` returned ${describeValue(choice)}; it must return a Cors made by ` +
    '`createCors` before the first request, or false, or a promise of one of them.'
  );
}

const varied = new WeakMap<Decision, Decision>();

/** Where the policy depends on the request, so does every reply, those under any origin too. */
function varyByOrigin(decision: Decision): Decision {
  if (decision.vary.includes('Origin')) return decision;
  let copy = varied.get(decision);
  if (copy === undefined) {
    copy = Object.freeze({ ...decision, vary: VARY_ORIGIN });
    varied.set(decision, copy);
  }
  return copy;
}

function notify<Req>(
  hook: DecisionHook<Req>,
  decision: Decision,
  context: Req,
  warn: WarnOnce,
): void {
  const failed = (thrown: unknown): void => {
    const error = toError(thrown, 'The hook `onDecision`');
    warn(
      'CORS_HOOK_FAILED',
      `The hook \`onDecision\` failed, the reply went on: ${describeError(error)}`,
    );
  };
  // Not awaited: the reply does not wait for a log.
  void settle(
    () => hook(decision, context),
    () => undefined,
    failed,
  );
}
