/**
 * Two adapters on one request: a decision stands already when the inner one is asked.
 */
import type { Handling } from './adapter.js';
import { type Cors, isSameCors, isWithoutPredicate } from './cors.js';
import type { Decision } from './decision.js';
import { SHARED_REFUSALS } from './policy.js';
import type { WarnOnce } from './warning.js';

/**
 * What an earlier adapter's decision means for a later one: the same policy twice is harmless (and a
 * predicate is not asked again); another one is a conflict, in which nobody wins. Silently losing or
 * winning would leave the preflight and its request under different policies.
 */
export function standingDecision(
  cors: Cors<never> | null,
  earlier: Handling | undefined,
  warn: WarnOnce,
): Decision | null {
  if (earlier === undefined || earlier.decision.reason === 'no-policy') return null;
  const { decision } = earlier;
  if (decision.error !== null || decision.reason === 'policy-conflict') return decision;
  if (cors !== null && earlier.cors !== null && isSameCors(cors, earlier.cors)) return decision;
  warn('CORS_POLICY_CONFLICT', CONFLICT);
  return SHARED_REFUSALS[decision.kind === 'not-cors' ? 'notCors' : decision.kind][
    'policy-conflict'
  ];
}

/**
 * A standing denial with its reason, which an adapter that had nobody to tell has left open. It stays a
 * denial, whatever the policy was reconfigured to since.
 */
export function withReason(
  standing: Decision,
  cors: Cors<never>,
  isTold: boolean,
  decideAgain: () => Decision | Promise<Decision>,
): Decision {
  const isOpen = isTold && standing.reason === 'origin-not-allowed' && isWithoutPredicate(cors);
  if (!isOpen) return standing;
  // At once, without a predicate.
  const again = decideAgain() as Decision;
  return again.allowed ? standing : again;
}

const CONFLICT =
  'Two different CORS policies met on one request, so nothing was granted: a preflight sees only the ' +
  'first of them, its request sees both. Fix: mount one `cors` in front, with ' +
  '`policy: (request) => …` to choose between policies made by `createCors`.';
