/**
 * Plays an audit of options that the target must refuse: starting it must be rejected, with an
 * `Error`, and in time. A target that refuses good options as well proves nothing, so it must first
 * start with some.
 */
import type { Audit } from './audit.js';
import { DeadlineError } from './deadline.js';
import { HarnessError } from './harness-error.js';
import { isNotExpressible } from './not-expressible.js';
import { type Played, type PlayedAudit, playOnRefusal } from './play-audit.js';
import type { Scenario } from './scenario.js';
import { closeTarget, startTarget } from './scenario-server.js';
import type { Target } from './target.js';

/** Options that nobody has a reason to refuse. */
const control: Scenario = {
  id: 'control',
  description: 'One exact origin, to see that the target starts at all.',
  setup: { kind: 'policy', policy: { origin: ['https://a.example'] } },
};

/**
 * Whether the target starts with good options: once for all refusals. `played` is what each of them
 * comes to when it does not.
 */
export async function startsWithGoodOptions(
  target: Target,
  timeoutMs: number,
): Promise<{ readonly played: Played | undefined; readonly leftOpen: readonly string[] }> {
  const { rejection, leftOpen } = await attemptToStart(target, control, timeoutMs);
  if (rejection === undefined) return { played: undefined, leftOpen };
  const { reason } = rejection;
  if (isNotExpressible(reason)) return { played: notExpressible(reason.message), leftOpen };
  const message = `The target does not start with good options either: ${describe(reason)}`;
  return {
    played: { ...nothing, outcome: 'error', error: { origin: 'target', message } },
    leftOpen,
  };
}

/** Starts the target with bad options, and judges that it does not start. */
export async function playRefusal(
  audit: Audit,
  target: Target,
  scenario: Scenario,
  timeoutMs: number,
): Promise<PlayedAudit> {
  const { rejection, leftOpen } = await attemptToStart(target, scenario, timeoutMs);
  if (rejection === undefined) {
    return { played: failed('The target started with options that it must refuse'), leftOpen };
  }
  const { reason } = rejection;
  if (isNotExpressible(reason)) {
    return { played: notExpressible(reason.message), leftOpen };
  }
  if (reason instanceof DeadlineError || reason instanceof HarnessError) {
    const error = { origin: 'target', message: reason.message } as const;
    return { played: { ...nothing, outcome: 'error', error }, leftOpen };
  }
  if (!(reason instanceof Error)) {
    return { played: failed('The target refused with a value that is no Error'), leftOpen };
  }
  return playOnRefusal(audit, target, reason, timeoutMs);
}

interface StartAttempt {
  /** Absent when it started. */
  readonly rejection?: { readonly reason: unknown };
  readonly leftOpen: readonly string[];
}

async function attemptToStart(
  target: Target,
  scenario: Scenario,
  timeoutMs: number,
): Promise<StartAttempt> {
  try {
    const running = await startTarget(target, scenario, timeoutMs);
    const problem = await closeTarget(running, scenario, timeoutMs);
    return { leftOpen: problem === undefined ? [] : [problem] };
  } catch (reason) {
    return { rejection: { reason }, leftOpen: [] };
  }
}

const nothing = { problems: [], exchanges: [], exchangesLeftOut: 0 };

/** What comes of an audit whose scenario a library has no way to say. */
export function notExpressible(reason: string): Played {
  return { ...nothing, outcome: 'not-expressible', reason };
}

function failed(problem: string): Played {
  return { ...nothing, outcome: 'failed', problems: [problem] };
}

function describe(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
