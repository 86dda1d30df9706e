/** A server in a process of its own, and what it takes for requests. */
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Profiler } from 'node:inspector';
import { join } from 'node:path';
import process from 'node:process';
import autocannon from 'autocannon';
import { scenarioNamed, type ScenarioName } from '../adapters/scenario.js';

/** What a server took since it was last asked, as it tells. */
export interface Stretch {
  /** CPU time of all its threads. */
  readonly microseconds: number;
  readonly profile: Profiler.Profile | null;
}

export interface MeasuredServer {
  /** Sends so many requests over connections that are kept alive; tells what they took. */
  readonly play: (requests: number) => Promise<Stretch>;
}

/**
 * Starts a server, which ends with this process. Where the system can do so, servers and client get one core each.
 *
 * @param profiled - Whether its profiler is to run.
 */
export async function startServer(
  framework: string,
  scenario: string,
  kind: string,
  profiled: boolean,
): Promise<MeasuredServer> {
  const { method, headers } = scenarioNamed(scenario as ScenarioName);
  const script = join(import.meta.dirname, 'server-child.js');
  const server = fork(script, [framework, scenario, kind, ...(profiled ? ['profiled'] : [])]);
  const [port] = (await once(server, 'message')) as [number];
  pin(server.pid, 0);
  pin(process.pid, 1);
  return {
    play: async (requests) => {
      const { errors, non2xx } = await autocannon({
        url: `http://127.0.0.1:${port}/`,
        connections: 32,
        amount: requests,
        // In ms. Only then it looks whether that was all.
        sampleInt: 20,
        method: method as 'GET',
        headers: { ...headers },
      });
      if (errors + non2xx > 0) throw new Error(`${errors} errors, ${non2xx} other replies.`);
      server.send('end');
      const [stretch] = (await once(server, 'message')) as [Stretch];
      return stretch;
    },
  };
}

/** To its own core, with the tool that Linux has for it; elsewhere the system places them. */
function pin(pid: number | undefined, core: number): void {
  if (process.platform !== 'linux' || pid === undefined) return;
  spawnSync('taskset', ['--cpu-list', '--pid', String(core), String(pid)]);
}
