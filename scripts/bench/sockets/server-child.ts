/** Run in a process of its own: serves one kind of middleware in one framework, and tells its parent the port. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { getRequestListener } from '@hono/node-server';
import type { Kind } from '../adapters/application.js';
import { APPLICATIONS, type Framework } from '../adapters/frameworks.js';
import { floorReply, scenarioNamed, type ScenarioName } from '../adapters/scenario.js';

const [framework, name, kind] = process.argv.slice(2) as [Framework, ScenarioName, Kind];
const scenario = scenarioNamed(name);
const { application: make } = await APPLICATIONS[framework]();
const application = await make(kind, scenario, floorReply(scenario));
const listener =
  application.platform === 'node'
    ? application.serve
    : getRequestListener((request) => application.serve(request));
const server = createServer((request, response) => void listener(request, response));
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit(0));
