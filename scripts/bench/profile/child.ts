/** Run in a process of its own: prints where a server's CPU time goes, in µs a request. */
import process from 'node:process';
import { measureServer } from '../sockets/stretch.js';
import { timeByPlace } from './places.js';

const { requests, microseconds, profile } = await measureServer(process.argv.slice(2), true);
if (profile === null) throw new Error('There is no profile.');
const times = Object.entries(timeByPlace(profile, microseconds));
console.log(
  JSON.stringify(Object.fromEntries(times.map(([place, time]) => [place, time / requests]))),
);
process.exit(0);
