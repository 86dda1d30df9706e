/**
 * The server of one scenario: started when first needed, shared by the scenario's audits, replaced
 * when it may not be what it was, and closed always. Each of these is bounded in time.
 */
import { DeadlineError, withinDeadline } from './deadline.js';
import { HarnessError } from './harness-error.js';
import type { Scenario } from './scenario.js';
import type { RunningTarget, Target } from './target.js';

/** Starts a target. One that starts too late is closed, whenever that is. */
export async function startTarget(
  target: Target,
  scenario: Scenario,
  timeoutMs: number,
): Promise<RunningTarget> {
  let isLate = false;
  const start = async (): Promise<RunningTarget> => {
    const running: unknown = await target.start(scenario);
    if (!isRunningTarget(running)) {
      throw new HarnessError('The target started, but gave no address and close', 'target');
    }
    if (isLate) await running.close();
    return running;
  };
  try {
    return await withinDeadline(start, timeoutMs, `Starting the target for ${scenario.id}`);
  } catch (error) {
    isLate = error instanceof DeadlineError;
    throw error;
  }
}

/** Closes a server; gives the problem in a sentence, if there was one. */
export async function closeTarget(
  running: RunningTarget,
  scenario: Scenario,
  timeoutMs: number,
): Promise<string | undefined> {
  const what = `Closing the server of ${scenario.id}`;
  try {
    await withinDeadline(() => running.close(), timeoutMs, what);
    return undefined;
  } catch (error) {
    if (error instanceof DeadlineError) return error.message;
    return `${what} failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** A server with its scenario, and what has happened to it. */
export class ScenarioServer {
  readonly scenario: Scenario;
  readonly running: RunningTarget;
  /** The audit that was played on it last. */
  lastAudit: string | undefined;
  #isStale = false;

  constructor(scenario: Scenario, running: RunningTarget) {
    this.scenario = scenario;
    this.running = this.#watched(running);
  }

  /** Whether the next audit needs a new one. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** After this, the next audit gets a new server. */
  markStale(): void {
    this.#isStale = true;
  }

  /** An audit that changes the policy, or closes the server, must leave no trace for the next one. */
  #watched(running: RunningTarget): RunningTarget {
    const { reconfigure } = running;
    let closing: Promise<void> | undefined;
    return {
      address: running.address,
      ...(reconfigure !== undefined && {
        reconfigure: (policy) => {
          this.markStale();
          return reconfigure.call(running, policy);
        },
      }),
      close: () => {
        this.markStale();
        closing ??= running.close();
        return closing;
      },
    };
  }
}

function isRunningTarget(value: unknown): value is RunningTarget {
  return (
    typeof value === 'object' &&
    value !== null &&
    'address' in value &&
    'close' in value &&
    typeof value.close === 'function'
  );
}
