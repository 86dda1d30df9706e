/** Run in a process of its own: prints the bytes that one request allocates. */
import process from 'node:process';
import type { Kind } from '../adapters/application.js';
import { APPLICATIONS, type Framework } from '../adapters/frameworks.js';
import { player } from '../adapters/play.js';
import { floorReply, scenarioNamed, type ScenarioName } from '../adapters/scenario.js';
import { bytesPerRound } from './allocated.js';

const [framework, name, kind] = process.argv.slice(2) as [Framework, ScenarioName, Kind];
const scenario = scenarioNamed(name);
const { application } = await APPLICATIONS[framework]();
const play = player(await application(kind, scenario, floorReply(scenario)), scenario);
console.log(JSON.stringify(await bytesPerRound(play, 2_000)));
process.exit(0);
