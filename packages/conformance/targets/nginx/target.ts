/**
 * nginx in front of the test application, by the contract of `cors-conformance --exec`: one line says
 * what is wanted, one line answers, and the end of standard input is the end.
 */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { type Capability, NotExpressibleError, type Scenario } from '@cors/conformance';
import { administratorsEnvironment } from './nginx-process.js';
import { startServer } from './nginx-server.js';

/**
 * nginx refuses what cannot be decoded by itself, keeps interim replies to itself, and passes an upgrade
 * on only where it is told to.
 */
const CAPABILITIES: readonly Capability[] = [
  'http1',
  'raw-bytes',
  'error-handling',
  'streams',
  'flush-headers',
  'chosen-policies',
];

interface Message {
  readonly version?: number;
  readonly type?: string;
  readonly scenario?: Scenario;
}

function describe(): void {
  // It prints its version on standard error: nginx version: nginx/1.22.1
  const { stderr } = spawnSync('nginx', ['-v'], {
    env: administratorsEnvironment(),
    encoding: 'utf8',
  });
  const version = /nginx\/([\d.]+)/.exec(stderr)?.[1] ?? '';
  tell({ type: 'description', name: `nginx ${version}`, capabilities: CAPABILITIES });
}

async function main(): Promise<void> {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const first = await lines.next();
  const message = JSON.parse(first.done === true ? '{}' : first.value) as Message;
  if (message.version !== 1) throw new Error('this target speaks version 1');
  if (message.type === 'describe') {
    describe();
  } else if (message.type === 'start' && message.scenario !== undefined) {
    const { url, stop } = await startServer(message.scenario);
    tell({ type: 'listening', url });
    const next = await lines.next();
    await stop();
    if (next.done !== true) throw new Error(`this target cannot answer ${next.value}`);
  } else {
    throw new Error(`the type ${String(message.type)} is unknown`);
  }
}

function tell(message: Readonly<Record<string, unknown>>): void {
  console.log(JSON.stringify(message));
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    const isNotExpressible = error instanceof NotExpressibleError;
    tell({ type: isNotExpressible ? 'not-expressible' : 'error', reason });
    process.exit(isNotExpressible ? 0 : 1);
  },
);
