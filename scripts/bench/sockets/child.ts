/**
 * Run in a process of its own: prints how many requests a server answers in a second of its CPU time. By the
 * clock it would be told how fast the client is: the quicker frameworks wait for it.
 */
import process from 'node:process';
import { measureServer } from './stretch.js';

const { requests, microseconds } = await measureServer(process.argv.slice(2), false);
console.log(JSON.stringify((1e6 * requests) / microseconds));
process.exit(0);
