/**
 * One started command and the conversation with it: messages by lines, each answer within a time, all
 * that is kept bounded, and an end that leaves no process behind.
 */
import type { Buffer } from 'node:buffer';
import { setTimeout } from 'node:timers/promises';

import { BoundedLines } from './bounded-lines.js';
import { parseTargetMessage, type SuiteMessage, type TargetMessage } from './exec-messages.js';
import { HarnessError } from './harness-error.js';
import { shortened } from './printable.js';
import { type ProcessGroup, startProcessGroup } from './process-group.js';

const LONGEST_MESSAGE = 64 * 1024;
const LONGEST_LINE_TOLD = 500;
const MOST_LINES_TOLD = 200;
const MOST_LINES_KEPT = 20;
/** What a process outside the group may hold our pipes open for, once the command has ended. */
const DRAIN_MS = 500;

/** How to talk to a command. */
export interface ExecProcessOptions {
  readonly cwd: string;
  /** Milliseconds for each answer. */
  readonly timeoutMs: number;
  /** Milliseconds after the end of standard input, and again after SIGTERM. */
  readonly graceMs: number;
  /** Told what is no message: the first lines of it, shortened, as they came. */
  readonly onOutput?: ((line: string) => void) | undefined;
}

/** A command under way. It must be ended or killed. */
export class ExecProcess {
  readonly #group: ProcessGroup;
  readonly #options: ExecProcessOptions;
  /** Resolves when the command has ended, with how, in words. */
  readonly #ended: Promise<string>;
  /** Resolves when its pipes are closed as well, as they are when nobody in the group has them any more. */
  readonly #closed: Promise<unknown>;
  #drainMs = DRAIN_MS;
  readonly #errorLines: string[] = [];
  #linesTold = 0;
  #end: string | undefined;
  #waiting: ((message: TargetMessage | HarnessError) => void) | undefined;

  constructor(command: string, options: ExecProcessOptions) {
    this.#options = options;
    this.#group = startProcessGroup(command, options.cwd);
    const { child } = this.#group;
    const output = new BoundedLines((line, whole) => this.#read(line, whole), LONGEST_MESSAGE);
    const errors = new BoundedLines((line) => this.#keep(line), LONGEST_LINE_TOLD);
    child.stdout.on('data', (bytes: Buffer) => output.push(bytes));
    child.stderr.on('data', (bytes: Buffer) => errors.push(bytes));
    // It may have closed its input, or be gone: its end says more than EPIPE.
    child.stdin.on('error', () => undefined);
    this.#closed = new Promise((resolve) => child.once('close', resolve));
    this.#ended = new Promise((resolve) => {
      const finish = (how: string): void => {
        output.end();
        errors.end();
        this.#end ??= how;
        this.#waiting?.(this.#harnessError(`The command ${how} before it answered`));
        resolve(how);
      };
      child.once('error', (error) => finish(`could not be started: ${error.message}`));
      child.once('exit', (code, signal) => {
        const how = signal === null ? `exited with ${code ?? 0}` : `was ended by ${signal}`;
        void within(this.#drainMs, this.#closed).then(() => {
          child.stdout.destroy();
          child.stderr.destroy();
          finish(how);
        });
      });
    });
  }

  /** Writes a message and waits for the next one. */
  async ask(message: SuiteMessage): Promise<TargetMessage> {
    const { timeoutMs } = this.#options;
    const answer = new Promise<TargetMessage | HarnessError>((resolve) => {
      if (this.#end === undefined) this.#waiting = resolve;
      else resolve(this.#harnessError(`The command ${this.#end}`));
    });
    this.#group.child.stdin.write(`${JSON.stringify(message)}\n`);
    const isAnswered = await within(timeoutMs, answer);
    this.#waiting = undefined;
    if (!isAnswered) {
      throw this.#harnessError(
        `The command did not answer "${message.type}" within ${timeoutMs} ms`,
      );
    }
    const received = await answer;
    if (received instanceof HarnessError) throw received;
    if (received.type === 'error') {
      throw this.#harnessError(`The command answered "${message.type}" with: ${received.reason}`);
    }
    return received;
  }

  /**
   * Ends the command: by the end of its standard input, else by SIGTERM, else by SIGKILL.
   *
   * @returns how it ended, when it needed no signal.
   * @throws a `HarnessError` when it had to be killed.
   */
  async end(): Promise<string | undefined> {
    const { graceMs } = this.#options;
    this.#group.child.stdin.end();
    if (await within(graceMs, this.#ended)) return this.#ended;
    this.#drainMs = graceMs;
    this.#group.signal('SIGTERM');
    const hasObeyed = await within(graceMs, this.#closed);
    await this.kill();
    if (hasObeyed) return undefined;
    throw this.#harnessError(
      'The command had to be killed: it exited neither when its standard input ended, nor at SIGTERM',
    );
  }

  /** As `end`, for a command that has done all it was asked: it must exit with 0, and no earlier. */
  async finish(): Promise<void> {
    const how = await this.end();
    if (how === undefined || how === 'exited with 0') return;
    throw this.#harnessError(`The command ${how}, and not with 0 at the end of its standard input`);
  }

  /** Ends the command at once. */
  async kill(): Promise<void> {
    this.#group.signal('SIGKILL');
    await within(this.#drainMs + DRAIN_MS, this.#ended);
  }

  #read(line: string, isWhole: boolean): void {
    // Nobody waits: some log in JSON.
    if (!line.startsWith('{') || this.#waiting === undefined) this.#tell(line);
    else this.#waiting(isWhole ? this.#parse(line) : this.#notUnderstood(line, 'it is too long'));
  }

  #parse(line: string): TargetMessage | HarnessError {
    try {
      return parseTargetMessage(line);
    } catch (error) {
      return this.#notUnderstood(line, error instanceof Error ? error.message : String(error));
    }
  }

  #notUnderstood(line: string, why: string): HarnessError {
    const message = JSON.stringify(shortened(line, 200));
    return this.#harnessError(
      `The command wrote ${message}, which is no message: ${why}. Logs belong on standard error`,
    );
  }

  #keep(line: string): void {
    this.#tell(line);
    if (line.trim() !== '') this.#errorLines.push(shortened(line.trim(), 200));
    if (this.#errorLines.length > MOST_LINES_KEPT) this.#errorLines.shift();
  }

  #tell(line: string): void {
    this.#linesTold += 1;
    if (this.#linesTold <= MOST_LINES_TOLD) {
      this.#options.onOutput?.(shortened(line, LONGEST_LINE_TOLD));
    }
  }

  /** An error with the last lines of standard error. */
  #harnessError(message: string): HarnessError {
    const lines = this.#errorLines.join(' | ');
    const ending = lines === '' ? '' : `. Its standard error ended with: ${lines}`;
    return new HarnessError(message + ending, 'target');
  }
}

/** Whether something is over within a time. */
async function within(milliseconds: number, over: Promise<unknown>): Promise<boolean> {
  const waiting = new AbortController();
  const late = setTimeout(milliseconds, false, { signal: waiting.signal }).catch(() => false);
  const isOver = await Promise.race([over.then(() => true), late]);
  waiting.abort();
  return isOver;
}
