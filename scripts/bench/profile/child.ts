/** Run in a process of its own: prints where a server's CPU time goes, in µs a request. */
import process from 'node:process';
import { partOf } from '../group.js';
import { startServer } from '../sockets/measured-server.js';
import { timeByPlace } from './places.js';

const WARM_UP = 20_000;
const REQUESTS = 50_000;

const [framework = '', scenario = '', kind = ''] = process.argv.slice(2);
const server = await startServer(framework, scenario, kind, true);
await server.play(WARM_UP);
const { microseconds, profile } = await server.play(REQUESTS);
if (profile === null) throw new Error('There is no profile.');
const times = Object.entries(timeByPlace(profile, microseconds));
const figures = times.map(([place, time]): [string, number] => [
  partOf(kind, place),
  time / REQUESTS,
]);
console.log(JSON.stringify(Object.fromEntries(figures)));
process.exit(0);
