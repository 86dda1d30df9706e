/** A program in its runtime: started, asked, and ended, whatever becomes of it or of us. */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Buffer } from 'node:buffer';
import { HarnessError } from '@cors/conformance';
import { BoundedLines } from '../../packages/conformance/src/bounded-lines.js';
import { startProcessGroup } from '../../packages/conformance/src/process-group.js';
import type { ControlAnswer, ControlMessage, ListenLine } from './control.js';
import { encode } from './javascript-values.js';
import { type Runtime, titleOf } from './runtimes.js';

const START_MS = 30_000;
const ANSWER_MS = 20_000;
const LONGEST_LINE = 500;
const MOST_LINES = 12;

/** A program that listens. */
export interface RunningProgram {
  readonly ports: Readonly<Partial<Record<ListenLine['socket'], number>>>;
  /** Asks by the control socket. Rejects with what became of the program, where it has ended. */
  readonly ask: (message: ControlMessage) => Promise<ControlAnswer>;
  /** What became of it, where it has ended by itself. */
  readonly failure: () => HarnessError | undefined;
  /** Ends it. */
  readonly stop: () => Promise<void>;
}

/** Runs a file, and waits until its sockets are open. */
export async function runProgram(
  runtime: Runtime,
  file: string,
  sockets: readonly ListenLine['socket'][],
): Promise<RunningProgram> {
  const executable = runtime.executable();
  if (!existsSync(executable)) {
    throw new HarnessError(`${titleOf(runtime)} is not installed: there is no ${executable}`);
  }
  const { child, signal } = startProcessGroup(
    untilInputEnds([executable, ...runtime.parameters(file)]),
    import.meta.dirname,
  );
  const errors: string[] = [];
  const ports: Partial<Record<ListenLine['socket'], number>> = {};
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, by) =>
      resolve(by === null ? `exited with ${code}` : `was ended by ${by}`),
    );
  });
  const listening = new Promise<void>((resolve) => {
    const output = new BoundedLines((line) => {
      const { socket, port } = listenLine(line) ?? {};
      if (socket !== undefined && port !== undefined) ports[socket] = port;
      if (sockets.every((one) => ports[one] !== undefined)) resolve();
    }, LONGEST_LINE);
    child.stdout.on('data', (bytes: Buffer) => output.push(bytes));
  });
  const kept = new BoundedLines((line) => {
    errors.push(line);
    if (errors.length > MOST_LINES) errors.shift();
  }, LONGEST_LINE);
  child.stderr.on('data', (bytes: Buffer) => kept.push(bytes));
  child.stdin.on('error', () => undefined);

  const failure = (what: string): HarnessError =>
    new HarnessError(
      [`The program on ${titleOf(runtime)} ${what}`, ...errors].join('\n'),
      'target',
    );
  const orEnded = <Value>(value: Promise<Value>, ms: number, doing: string): Promise<Value> =>
    Promise.race([
      value,
      ended.then((how) => Promise.reject(failure(how))),
      sleep(ms, undefined, { ref: false }).then(() =>
        Promise.reject(failure(`did not ${doing} within ${ms} ms`)),
      ),
    ]);
  let how: string | undefined;
  void ended.then((words) => (how = words));
  const stop = async (): Promise<void> => {
    signal('SIGKILL');
    await ended;
  };
  try {
    await orEnded(listening, START_MS, 'listen');
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ports,
    ask: (message) => orEnded(post(ports.control, message), ANSWER_MS, `answer ${message.type}`),
    failure: () => (how === undefined ? undefined : failure(how)),
    stop,
  };
}

/**
 * A shell command that runs a program until standard input ends, as it does when this process is no
 * more: not all runtimes can be told to end by themselves.
 */
function untilInputEnds(words: readonly string[]): string {
  const command = words.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
  return `exec 3<&0; { cat <&3; kill -9 $$; } >/dev/null 2>&1 & exec ${command} 3<&- </dev/null`;
}

function listenLine(line: string): ListenLine | undefined {
  try {
    const value = JSON.parse(line) as Partial<ListenLine> | null;
    return value?.event === 'listen' ? (value as ListenLine) : undefined;
  } catch {
    return undefined;
  }
}

async function post(port: number | undefined, message: ControlMessage): Promise<ControlAnswer> {
  const reply = await fetch(`http://127.0.0.1:${port ?? 0}/`, {
    method: 'POST',
    body: JSON.stringify(encode(message)),
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const text = await reply.text();
  if (!reply.ok) throw new HarnessError(`The program answered ${reply.status}: ${text}`, 'target');
  return JSON.parse(text) as ControlAnswer;
}
