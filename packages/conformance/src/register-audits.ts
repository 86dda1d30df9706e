/**
 * Registers audits as tests of whatever framework: vitest, `node:test`, Mocha, Jest. Only `describe`
 * and `it` are asked for, so servers are started inside the tests, and closed by the last test of
 * their scenario, by the first of another, by the very last test, or, where a framework's own filter
 * left that out, by a timer.
 */
import type { Audit } from './audit.js';
import { AuditPlayer } from './audit-player.js';
import type { AuditResult } from './audit-result.js';
import { audits as ownAudits } from './audits/index.js';
import { missingCapabilities } from './capabilities.js';
import { textResult } from './report.js';
import { defaultTimeoutMs, type RunOptions } from './runner.js';
import type { Scenario } from './scenario.js';
import { scenarios as ownScenarios } from './scenarios.js';
import { selectAudits } from './select-audits.js';
import type { Target } from './target.js';

/** What is used of a test framework. */
export interface TestFunctions {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: RegisterTest & {
    /** Shows a test that is not run. Without it, a skipped audit is a test that says so and passes. */
    readonly skip?: (name: string, body: () => void) => unknown;
  };
}

/** Registers one test. The third argument is the time limit of vitest and Jest. */
export type RegisterTest = (name: string, body: () => Promise<void>, timeout?: number) => unknown;

/** How to register: which audits, and with what deadlines. */
export type RegisterOptions = Omit<RunOptions, 'trace' | 'until'>;

const IDLE_MS = 2_000;

/**
 * Registers a test for each audit. Call it where tests are collected: at the top of a test file or in
 * a `describe`.
 *
 * @throws a `HarnessError` when the selection is wrong (see `selectAudits`).
 */
export function registerAudits(
  { describe, it }: TestFunctions,
  target: Target,
  options: RegisterOptions = {},
): void {
  const { scenarios = ownScenarios, timeoutMs = defaultTimeoutMs } = options;
  const selected = selectAudits(ownAudits, options);
  const turns = new TestTurns(new AuditPlayer(target, { scenarios, timeoutMs }));
  // The framework's own limit is a backstop: a start, an audit and a close are each bounded by ours.
  const test = limitedTest(it, 6 * timeoutMs);

  describe(`CORS conformance of ${target.name}`, () => {
    for (const [id, audits] of byScenario(selected)) {
      const scenario = scenarios.find((one) => one.id === id);
      const played = audits.filter((audit) => missingOf(audit, scenario, target).length === 0);
      let left = played.length;
      describe(titleOf(id, scenario), () => {
        for (const audit of audits) {
          const name = `${audit.id}: ${audit.title}`;
          const missing = missingOf(audit, scenario, target);
          if (missing.length > 0) skip(it, `${name} (the target lacks ${missing.join(', ')})`);
          else {
            test(name, async () => {
              left -= 1;
              const result = await turns.play(audit, left <= 0);
              options.onResult?.(result, selected.length);
              if (result.outcome === 'not-expressible') return result.reason;
              if (result.outcome !== 'passed') throw new Error(textResult(result));
              return undefined;
            });
          }
        }
      });
    }
    // A block of its own: Mocha runs a block's own tests before the blocks inside it.
    describe('servers', () => {
      test('are all closed', async () => {
        await turns.finish();
        return undefined;
      });
    });
  });
}

/** Tests may be run at the same time; audits share servers, and take turns. */
class TestTurns {
  readonly #player: AuditPlayer;
  #turn: Promise<unknown> = Promise.resolve();
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(player: AuditPlayer) {
    this.#player = player;
  }

  play(audit: Audit, isLast: boolean): Promise<AuditResult> {
    return this.#next(async () => {
      const result = await this.#player.play(audit);
      if (isLast) await this.#player.close();
      else this.#closeWhenIdle();
      return result;
    });
  }

  /** For where the framework's filter left out the tests that would have closed the server. */
  #closeWhenIdle(): void {
    this.#idle = setTimeout(() => {
      void this.#next(() => this.#player.close());
    }, IDLE_MS);
  }

  finish(): Promise<void> {
    return this.#next(async () => {
      await this.#player.close();
      const { problems } = this.#player;
      if (problems.length > 0) throw new Error(problems.join('\n'));
    });
  }

  #next<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(() => {
      clearTimeout(this.#idle);
      return work();
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

/** A body resolves to the reason why there was nothing to judge, if there was not. */
type RegisterBounded = (name: string, body: () => Promise<string | undefined>) => unknown;

/** Mocha's limit is set on `this`, and only there. */
function limitedTest(it: TestFunctions['it'], milliseconds: number): RegisterBounded {
  return (name, body) =>
    it(
      name,
      async function (this: unknown): Promise<void> {
        // No parameter is declared: a framework that saw one would wait for a callback, or take it for
        // the name of a fixture.
        // eslint-disable-next-line prefer-rest-params
        const [given] = arguments as unknown as readonly unknown[];
        if (hasMethod(this, 'timeout')) this.timeout(milliseconds);
        const reason = await body();
        if (reason !== undefined) skipNow(given, this, name, `not expressible: ${reason}`);
      },
      milliseconds,
    );
}

/** What a test that is being run can be skipped by: vitest and `node:test` hand it over, Mocha has it in `this`. */
function skipNow(given: unknown, self: unknown, name: string, reason: string): void {
  const context = [given, self].find((one) => hasMethod(one, 'skip'));
  if (context !== undefined) context.skip(reason);
  // In Jest the test passes, as it cannot be skipped any more; it must not do so without a word.
  else console.info(`${name}: ${reason}`);
}

function hasMethod<Name extends string>(
  value: unknown,
  name: Name,
): value is Record<Name, (argument: unknown) => unknown> {
  return (
    // Vitest's context is a function.
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    typeof (value as Partial<Record<Name, unknown>>)[name] === 'function'
  );
}

function skip(it: TestFunctions['it'], name: string): void {
  if (it.skip !== undefined) it.skip(name, () => undefined);
  else it(`${name}: skipped`, () => Promise.resolve());
}

function missingOf(
  audit: Audit,
  scenario: Scenario | undefined,
  target: Target,
): ReturnType<typeof missingCapabilities> {
  return scenario === undefined ? [] : missingCapabilities(audit, scenario, target);
}

function titleOf(id: string, scenario: Scenario | undefined): string {
  return scenario === undefined ? id : `${id}: ${scenario.description}`;
}

function byScenario(audits: readonly Audit[]): ReadonlyMap<string, readonly Audit[]> {
  const groups = new Map<string, Audit[]>();
  for (const audit of audits) {
    const group = groups.get(audit.scenario);
    if (group === undefined) groups.set(audit.scenario, [audit]);
    else group.push(audit);
  }
  return groups;
}
