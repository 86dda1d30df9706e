/**
 * Run in a process of its own: prints how many requests a second a server answers, over connections that
 * are kept alive. Where the system can do so, server and client get one core each.
 */
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import autocannon from 'autocannon';
import { scenarioNamed, type ScenarioName } from '../adapters/scenario.js';

const [framework = '', name = '', kind = ''] = process.argv.slice(2);
const { method, headers } = scenarioNamed(name as ScenarioName);
const server = fork(join(import.meta.dirname, 'server-child.js'), [framework, name, kind]);
const [port] = (await once(server, 'message')) as [number];
pin(server.pid, 0);
pin(process.pid, 1);

const play = (duration: number) =>
  autocannon({
    url: `http://127.0.0.1:${port}/`,
    connections: 32,
    duration,
    method: method as 'GET',
    headers: { ...headers },
  });
await play(1);
const { requests, errors, non2xx } = await play(2);
server.disconnect();
if (errors + non2xx > 0) throw new Error(`${errors} errors, ${non2xx} other replies.`);
console.log(JSON.stringify(requests.average));
process.exit(0);

/** To its own core, with the tool that Linux has for it; elsewhere the system places them. */
function pin(pid: number | undefined, core: number): void {
  if (process.platform !== 'linux' || pid === undefined) return;
  spawnSync('taskset', ['--cpu-list', '--pid', String(core), String(pid)]);
}
