/**
 * Plays audits on one target, one at a time, and minds the servers: one for each scenario, at most
 * one at a time, always closed.
 *
 * What a broken target does must stay its own trouble:
 * - After a transport error the server is replaced: one that died takes no other audit with it.
 * - A server that was gone before an audit's first request is that of the audit before; the audit is
 *   played again on a new one.
 * - After three audits in a row that got no reply in time, the scenario is given up; after three
 *   scenarios in a row that were given up, the target. The rest are errors, at once.
 */
import type { Audit } from './audit.js';
import type { AuditDescription, AuditResult } from './audit-result.js';
import { missingCapabilities } from './capabilities.js';
import { DeadlineError } from './deadline.js';
import { HarnessError } from './harness-error.js';
import { isNotExpressible } from './not-expressible.js';
import { auditError, type Played, playOnServer } from './play-audit.js';
import { notExpressible, playRefusal, startsWithGoodOptions } from './play-refusal.js';
import type { Scenario } from './scenario.js';
import { closeTarget, ScenarioServer, startTarget } from './scenario-server.js';
import type { Target } from './target.js';

const MOST_IN_A_ROW = 3;

/** How a player plays. */
export interface PlayerOptions {
  readonly scenarios: readonly Scenario[];
  /** Milliseconds for each start, each audit and each close. */
  readonly timeoutMs: number;
  /** Keep the exchanges of passed audits too. */
  readonly trace?: boolean;
}

/** Plays audits on one target. Calls must not overlap. */
export class AuditPlayer {
  /** What went wrong beside the audits, in sentences. */
  readonly problems: string[] = [];
  readonly #target: Target;
  readonly #options: PlayerOptions;
  readonly #givenUp = new Map<string, string>();
  readonly #notExpressible = new Map<string, Played>();
  #scenariosGivenUpInARow = 0;
  #timeoutsInARow = 0;
  #server: ScenarioServer | undefined;
  #goodStart: ReturnType<typeof startsWithGoodOptions> | undefined;

  constructor(target: Target, options: PlayerOptions) {
    this.#target = target;
    this.#options = options;
  }

  /** Plays one audit. Never rejects. */
  async play(audit: Audit): Promise<AuditResult> {
    const started = performance.now();
    const scenario = this.#options.scenarios.find(({ id }) => id === audit.scenario);
    const missing =
      scenario === undefined ? [] : missingCapabilities(audit, scenario, this.#target);
    const played = missing.length > 0 ? skipped : await this.#playIn(scenario, audit);
    const isQuiet = played.outcome === 'passed' && this.#options.trace !== true;
    return {
      ...described(audit),
      ...played,
      ...(isQuiet && { exchanges: [], exchangesLeftOut: 0 }),
      missing,
      durationMs: performance.now() - started,
    };
  }

  /** Closes the server that is open, if any. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const problem = await closeTarget(server.running, server.scenario, this.#options.timeoutMs);
    if (problem !== undefined) this.#noteProblems([problem]);
  }

  async #playIn(scenario: Scenario | undefined, audit: Audit): Promise<Played> {
    if (scenario === undefined) {
      return unplayable(new HarnessError(`There is no scenario ${audit.scenario}`));
    }
    const reason = this.#givenUp.get(scenario.id) ?? this.#targetGivenUp();
    if (reason !== undefined) return unplayable(new HarnessError(reason, 'target'));
    return scenario.setup.kind === 'refused'
      ? this.#playRefusal(scenario, audit)
      : this.#playOn(scenario, audit);
  }

  async #playRefusal(scenario: Scenario, audit: Audit): Promise<Played> {
    const { timeoutMs } = this.#options;
    await this.close();
    this.#goodStart ??= startsWithGoodOptions(this.#target, timeoutMs);
    const { played, leftOpen } = await this.#goodStart;
    this.#noteProblems(leftOpen);
    if (played !== undefined) return played;
    const refusal = await playRefusal(audit, this.#target, scenario, timeoutMs);
    this.#noteProblems(refusal.leftOpen);
    return refusal.played;
  }

  async #playOn(scenario: Scenario, audit: Audit): Promise<Played> {
    let server: ScenarioServer;
    const known = this.#notExpressible.get(scenario.id);
    if (known !== undefined) return known;
    try {
      server = await this.#serverFor(scenario);
    } catch (error) {
      if (isNotExpressible(error)) {
        const cannot = notExpressible(error.message);
        this.#notExpressible.set(scenario.id, cannot);
        return cannot;
      }
      if (scenario.mayBeRefused === true && isRefusal(error))
        return { ...nothing, outcome: 'passed' };
      const played = unplayable(startError(error));
      // The next try would not go better.
      this.#giveUp(scenario, played.error?.message ?? '', error instanceof DeadlineError);
      return played;
    }
    const { lastAudit } = server;
    server.lastAudit = audit.id;
    const { played, leftOpen } = await playOnServer(
      audit,
      this.#target,
      server.running,
      this.#options.timeoutMs,
    );
    this.#noteProblems(leftOpen);
    const { error } = played;
    if (error !== undefined && error.origin !== 'suite') server.markStale();
    const wasGone = error?.code === 'refused' && played.exchanges.length === 1;
    if (wasGone && lastAudit !== undefined) {
      this.#noteProblems([`The server of ${scenario.id} was gone after the audit ${lastAudit}`]);
      return this.#playOn(scenario, audit);
    }
    this.#noteTimeout(scenario, error?.code === 'timeout');
    return played;
  }

  /** The open server if it fits, else a new one. */
  async #serverFor(scenario: Scenario): Promise<ScenarioServer> {
    const open = this.#server;
    if (open?.scenario === scenario && !open.isStale) return open;
    await this.close();
    const running = await startTarget(this.#target, scenario, this.#options.timeoutMs);
    this.#server = new ScenarioServer(scenario, running);
    return this.#server;
  }

  #noteProblems(problems: readonly string[]): void {
    for (const problem of problems)
      if (!this.problems.includes(problem)) this.problems.push(problem);
  }

  #noteTimeout(scenario: Scenario, isTimeout: boolean): void {
    if (!isTimeout) {
      this.#timeoutsInARow = 0;
      this.#scenariosGivenUpInARow = 0;
      return;
    }
    this.#timeoutsInARow += 1;
    if (this.#timeoutsInARow < MOST_IN_A_ROW) return;
    this.#giveUp(scenario, `${MOST_IN_A_ROW} audits in a row got no reply in time`, true);
  }

  /** Only what took its time counts against the target: the rest costs nothing to try on. */
  #giveUp(scenario: Scenario, reason: string, wasSlow: boolean): void {
    this.#givenUp.set(scenario.id, `The scenario ${scenario.id} was given up: ${reason}`);
    this.#timeoutsInARow = 0;
    if (wasSlow) this.#scenariosGivenUpInARow += 1;
  }

  #targetGivenUp(): string | undefined {
    if (this.#scenariosGivenUpInARow < MOST_IN_A_ROW) return undefined;
    return `The target was given up: ${MOST_IN_A_ROW} scenarios in a row took too long`;
  }
}

const nothing = { problems: [], exchanges: [], exchangesLeftOut: 0 };
const skipped = { ...nothing, outcome: 'skipped' } as const;

/** What a result says of its audit. */
function described(audit: Audit): AuditDescription {
  const { id, title, level, basis, clause, why, scenario } = audit;
  return { id, title, level, basis, clause, why, scenario };
}

function unplayable(error: HarnessError): Played {
  return { ...nothing, outcome: 'error', error: auditError(error) };
}

/** Whether a start was rejected by the server's own choice, and not because nothing came of it. */
function isRefusal(error: unknown): boolean {
  return !(error instanceof DeadlineError || error instanceof HarnessError);
}

/** Whatever a start fails with is the target's own. */
function startError(error: unknown): HarnessError {
  const reason = error instanceof Error ? error.message : String(error);
  return new HarnessError(`The target did not start: ${reason}`, 'target', error);
}
