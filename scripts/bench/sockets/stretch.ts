/** What a server took for the requests of a while. */
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Profiler } from 'node:inspector';
import { join } from 'node:path';
import process from 'node:process';
import autocannon from 'autocannon';
import { scenarioNamed, type ScenarioName } from '../adapters/scenario.js';

/** As the server tells it. */
export interface Stretch {
  /** CPU time of all its threads. */
  readonly microseconds: number;
  readonly profile: Profiler.Profile | null;
}

/** In seconds. */
const WARM_UP = 1;
const MEASURED = 2;

/**
 * Starts a server in a process of its own, sends it requests over connections that are kept alive, and
 * stops it. Where the system can do so, server and client get one core each.
 *
 * @param parameters - Framework, scenario and kind.
 * @param profiled - Whether the profiler is to run.
 */
export async function measureServer(
  parameters: readonly string[],
  profiled: boolean,
): Promise<Stretch & { readonly requests: number }> {
  const [, name = ''] = parameters;
  const { method, headers } = scenarioNamed(name as ScenarioName);
  const script = join(import.meta.dirname, 'server-child.js');
  const server = fork(script, [...parameters, ...(profiled ? ['profiled'] : [])]);
  const [port] = (await once(server, 'message')) as [number];
  pin(server.pid, 0);
  pin(process.pid, 1);
  const play = async (duration: number): Promise<Stretch & { readonly requests: number }> => {
    const { requests, errors, non2xx } = await autocannon({
      url: `http://127.0.0.1:${port}/`,
      connections: 32,
      duration,
      method: method as 'GET',
      headers: { ...headers },
    });
    if (errors + non2xx > 0) throw new Error(`${errors} errors, ${non2xx} other replies.`);
    server.send('end');
    const [stretch] = (await once(server, 'message')) as [Stretch];
    return { ...stretch, requests: requests.total };
  };
  await play(WARM_UP);
  const measured = await play(MEASURED);
  server.disconnect();
  return measured;
}

/** To its own core, with the tool that Linux has for it; elsewhere the system places them. */
function pin(pid: number | undefined, core: number): void {
  if (process.platform !== 'linux' || pid === undefined) return;
  spawnSync('taskset', ['--cpu-list', '--pid', String(core), String(pid)]);
}
