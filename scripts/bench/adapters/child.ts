/**
 * Run in a process of its own: one kind of middleware in one framework and one scenario. Prints the CPU
 * time of a request.
 */
import process from 'node:process';
import type { Kind } from './application.js';
import { APPLICATIONS, type Framework } from './frameworks.js';
import { cpuTimePerRound } from '../child/cpu-time.js';
import { firstReply, player } from './play.js';
import { floorReply, scenarioNamed, type FloorReply, type ScenarioName } from './scenario.js';

const [framework, scenarioName, kind] = process.argv.slice(2) as [Framework, ScenarioName, Kind];
const scenario = scenarioNamed(scenarioName);
const floor = floorReply(scenario);
const { application: make } = await APPLICATIONS[framework]();
const application = await make(kind, scenario, floor);
check(await firstReply(application, scenario), kind, floor);
console.log(JSON.stringify(await cpuTimePerRound(player(application, scenario))));
// A framework may keep a timer.
process.exit(0);

/** A middleware that does not do its work would be fast. */
function check(reply: (name: string) => string | null, kind: Kind, floor: FloorReply): void {
  const wanted = new Map(floor.headers).get('Access-Control-Allow-Origin') ?? null;
  const origin = reply('Access-Control-Allow-Origin');
  if (kind === 'bare' ? origin !== null : wanted !== null && origin !== wanted) {
    throw new Error(
      `${framework}, ${scenarioName}, ${kind}: Access-Control-Allow-Origin ${origin}`,
    );
  }
  if (kind !== 'floor' && kind !== 'ours') return;
  for (const [name, value] of floor.headers) {
    if (reply(name) !== value) throw new Error(`${kind}: ${name} ${reply(name)}, not ${value}`);
  }
}
