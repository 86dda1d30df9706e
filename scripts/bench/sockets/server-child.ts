/**
 * Run in a process of its own: serves one kind of middleware in one framework, and tells its parent the
 * port. Each message after that ends a stretch, and is answered with what it took.
 */
import { createServer } from 'node:http';
import { Session } from 'node:inspector/promises';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { getRequestListener } from '@hono/node-server';
import type { Kind } from '../adapters/application.js';
import { APPLICATIONS, type Framework } from '../adapters/frameworks.js';
import { floorReply, scenarioNamed, type ScenarioName } from '../adapters/scenario.js';
import type { Stretch } from './measured-server.js';

const [framework, name, kind, profiled] = process.argv.slice(2) as [
  Framework,
  ScenarioName,
  Kind,
  'profiled' | undefined,
];
/** Rare enough not to be seen in what is measured. */
const MICROSECONDS_BETWEEN_SAMPLES = 500;

const scenario = scenarioNamed(name);
const { application: make } = await APPLICATIONS[framework]();
const application = await make(kind, scenario, floorReply(scenario));
const listener =
  application.platform === 'node'
    ? application.serve
    : getRequestListener((request, bindings) => application.serve(request, bindings));
const server = createServer((request, response) => void listener(request, response));

const session = profiled === undefined ? null : new Session();
session?.connect();
await session?.post('Profiler.enable');
await session?.post('Profiler.setSamplingInterval', { interval: MICROSECONDS_BETWEEN_SAMPLES });
await session?.post('Profiler.start');
let begun = process.cpuUsage();
process.on('message', () => void endStretch());
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit(0));

async function endStretch(): Promise<void> {
  const { user, system } = process.cpuUsage(begun);
  const stopped = await session?.post('Profiler.stop');
  process.send?.({
    microseconds: user + system,
    profile: stopped?.profile ?? null,
  } satisfies Stretch);
  await session?.post('Profiler.start');
  begun = process.cpuUsage();
}
