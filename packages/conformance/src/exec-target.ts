/**
 * A target that is a command, in any language: started for each scenario with the policy as JSON, it
 * prints its address and serves until its standard input ends (see `exec-messages.ts`).
 */
import process from 'node:process';

import { isJson } from './capabilities.js';
import {
  execVersion,
  type ListeningMessage,
  policyOf,
  type TargetMessage,
} from './exec-messages.js';
import { ExecProcess, type ExecProcessOptions } from './exec-process.js';
import { HarnessError } from './harness-error.js';
import { NotExpressibleError } from './not-expressible.js';
import { quoted } from './printable.js';
import type { Scenario } from './scenario.js';
import type { Address, RunningTarget, Target } from './target.js';

/** How to run a command. */
export interface ExecOptions {
  /** Where to start it; the current folder when absent. */
  readonly cwd?: string;
  /**
   * Milliseconds for each answer; 10,000 when absent. A tenth less is waited, so that a run with the
   * same time limit hears from here what went wrong, with the end of standard error.
   */
  readonly timeoutMs?: number;
  /**
   * Milliseconds to exit after standard input has ended, and again after SIGTERM; 2,000 when absent, or
   * less where the time limit is short.
   */
  readonly graceMs?: number;
  /** Told what the command writes beside its messages: the first lines of it, shortened. */
  readonly onOutput?: (line: string) => void;
}

/**
 * Asks a shell command to describe itself, and makes a target of it.
 *
 * @throws a `HarnessError` when it cannot be started, or does not answer as documented.
 */
export async function execTarget(command: string, options: ExecOptions = {}): Promise<Target> {
  const { cwd = process.cwd(), timeoutMs = 10_000, onOutput } = options;
  // Both must be over, and the command killed, before a run with the same limit gives the end up.
  const { graceMs = Math.min(2_000, timeoutMs * 0.3) } = options;
  const settings = { cwd, timeoutMs: Math.ceil(timeoutMs * 0.9), graceMs, onOutput };
  const { name, capabilities } = await describe(command, settings);
  return {
    name,
    capabilities,
    start: (scenario) => start(command, settings, scenario, capabilities.includes('reconfigure')),
  };
}

async function describe(
  command: string,
  settings: ExecProcessOptions,
): Promise<Extract<TargetMessage, { type: 'description' }>> {
  const started = new ExecProcess(command, settings);
  const answer = await askOrKill(started, { version: execVersion, type: 'describe' });
  await started.finish();
  if (answer.type !== 'description') throw unexpected('describe', answer);
  return answer;
}

async function start(
  command: string,
  settings: ExecProcessOptions,
  scenario: Scenario,
  canReconfigure: boolean,
): Promise<RunningTarget> {
  const { setup } = scenario;
  if (setup.kind === 'refused' && !isJson(setup.options)) {
    throw new NotExpressibleError('The options hold a value that JSON cannot carry.');
  }
  const started = new ExecProcess(command, settings);
  const answer = await askOrKill(started, { version: execVersion, type: 'start', scenario });
  if (answer.type !== 'listening') {
    await started.end();
    throw refusalOf('start', answer);
  }
  let address: Address;
  try {
    address = addressOf(answer);
  } catch (error) {
    await started.kill();
    throw error;
  }
  return {
    address,
    ...(canReconfigure && { reconfigure: oneAtATime((policy) => reconfigure(started, policy)) }),
    close: () => started.finish(),
  };
}

type Reconfigure = NonNullable<RunningTarget['reconfigure']>;

async function reconfigure(started: ExecProcess, given: Parameters<Reconfigure>[0]): Promise<void> {
  const policy = policyOf(given);
  if (!isJson(policy)) {
    throw new NotExpressibleError('The options hold a value that JSON cannot carry.');
  }
  const answer = await started.ask({ type: 'reconfigure', policy });
  if (answer.type !== 'reconfigured') throw refusalOf('reconfigure', answer);
}

/** Answers carry no name of what they answer: the next question waits. */
function oneAtATime(work: Reconfigure): Reconfigure {
  let last: Promise<unknown> = Promise.resolve();
  return (policy) => {
    const done = last.then(() => work(policy));
    last = done.catch(() => undefined);
    return done;
  };
}

async function askOrKill(
  started: ExecProcess,
  message: Parameters<ExecProcess['ask']>[0],
): Promise<TargetMessage> {
  try {
    return await started.ask(message);
  } catch (error) {
    await started.kill();
    throw error;
  }
}

/** What an answer that says no is to the suite. */
function refusalOf(asked: string, answer: TargetMessage): Error {
  if (answer.type === 'refused') return new Error(answer.reason);
  if (answer.type === 'not-expressible') return new NotExpressibleError(answer.reason);
  return unexpected(asked, answer);
}

function unexpected(asked: string, { type }: TargetMessage): HarnessError {
  return new HarnessError(`The command answered "${asked}" with "${type}"`, 'target');
}

function addressOf({ url, protocol = 'http/1.1' }: ListeningMessage): Address {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'http:') {
    throw new HarnessError(
      `The command says that it listens at ${quoted(url)}: that should be as "http://127.0.0.1:43121"`,
      'target',
    );
  }
  // An address of IPv6 stands in brackets in a URL only.
  const host = parsed.hostname.replace(/^\[(.*)\]$/, '$1');
  return { protocol, host, port: Number(parsed.port || 80) };
}
