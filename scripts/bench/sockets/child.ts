/**
 * Run in a process of its own: prints how many requests each kind of server answers in a second of its CPU
 * time. By the clock it would be told how fast the client is: the quicker frameworks wait for it.
 *
 * The servers, each in a fresh process, take turns of a few tenths of a second: what else the machine does
 * changes within seconds, by more than what is compared.
 */
import process from 'node:process';
import { startServer } from './measured-server.js';

const WARM_UP = 20_000;
const TURNS = 10;
/** Of each turn. */
const REQUESTS = 3_000;

const [framework = '', scenario = '', ...kinds] = process.argv.slice(2);
const servers = [];
for (const kind of kinds) {
  const server = await startServer(framework, scenario, kind, false);
  await server.play(WARM_UP);
  servers.push({ kind, server, microseconds: 0 });
}
for (let turn = 0; turn < TURNS; turn += 1) {
  // Another one begins each time.
  const first = turn % servers.length;
  for (const each of [...servers.slice(first), ...servers.slice(0, first)])
    each.microseconds += (await each.server.play(REQUESTS)).microseconds;
}
const rates = servers.map(({ kind, microseconds }): [string, number] => [
  kind,
  (1e6 * TURNS * REQUESTS) / microseconds,
]);
console.log(JSON.stringify(Object.fromEntries(rates)));
process.exit(0);
