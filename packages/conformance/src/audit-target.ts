/**
 * The target as an audit has it, for audits that start servers of their own. Each start and close has
 * its own deadline and does not count against the audit's: some targets take seconds to start, and
 * some audits start dozens. What an audit leaves open is closed after it.
 */
import { type Deadline, DeadlineError } from './deadline.js';
import { HarnessError } from './harness-error.js';
import type { Scenario } from './scenario.js';
import { closeTarget, startTarget } from './scenario-server.js';
import type { RunningTarget, Target } from './target.js';

/** One audit's hold on the target. */
export class AuditTarget {
  /** To be given to the audit. */
  readonly target: Target;
  /** A start that was neither done nor refused in time: then nothing that the audit found counts. */
  startError: HarnessError | undefined;
  /** Servers that would not close, in sentences. */
  readonly leftOpen: string[] = [];
  readonly #original: Target;
  readonly #deadline: Deadline;
  readonly #timeoutMs: number;
  readonly #open = new Map<RunningTarget, Scenario>();
  #isOver = false;

  constructor(original: Target, deadline: Deadline, timeoutMs: number) {
    this.#original = original;
    this.#deadline = deadline;
    this.#timeoutMs = timeoutMs;
    this.target = {
      name: original.name,
      capabilities: original.capabilities,
      start: (scenario) => deadline.stopFor(() => this.#start(scenario)),
    };
  }

  /** Closes what is open, and starts nothing more. */
  async end(): Promise<void> {
    this.#isOver = true;
    for (const running of this.#open.keys()) await this.#close(running);
  }

  async #start(scenario: Scenario): Promise<RunningTarget> {
    if (this.#hasEnded()) throw new HarnessError('The audit is over');
    try {
      const running = await startTarget(this.#original, scenario, this.#timeoutMs);
      this.#open.set(running, scenario);
      if (this.#hasEnded()) await this.#close(running);
      const { address, reconfigure } = running;
      return {
        address,
        ...(reconfigure !== undefined && { reconfigure: reconfigure.bind(running) }),
        close: () => this.#deadline.stopFor(() => this.#close(running)),
      };
    } catch (error) {
      if (error instanceof DeadlineError || error instanceof HarnessError) {
        this.startError ??= new HarnessError(error.message, 'target', error);
      }
      throw error;
    }
  }

  /** Asked anew after each wait. */
  #hasEnded(): boolean {
    return this.#isOver;
  }

  async #close(running: RunningTarget): Promise<void> {
    const scenario = this.#open.get(running);
    if (scenario === undefined) return;
    this.#open.delete(running);
    const problem = await closeTarget(running, scenario, this.#timeoutMs);
    if (problem !== undefined) this.leftOpen.push(problem);
  }
}
