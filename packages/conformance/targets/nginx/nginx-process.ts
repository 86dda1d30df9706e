/**
 * nginx in the foreground, with a prefix of its own under the system's temporary folder.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

/** nginx under way. */
interface NginxProcess {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Somebody else may take the port between the look for a free one and nginx's start. */
const MOST_TRIES = 5;

const POLL_MS = 5;

/**
 * Starts nginx on a free local port.
 *
 * @param configFor the configuration, for that port
 */
export async function startNginx(configFor: (port: number) => string): Promise<NginxProcess> {
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    const started = await tryNginx(configFor(port), port);
    if (typeof started !== 'string') return started;
    if (tries >= MOST_TRIES || !started.includes('Address already in use')) {
      throw new Error(`nginx did not start: ${started}`);
    }
  }
}

/** The environment with the folders in which Debian keeps nginx, which are not on everybody's path. */
export function administratorsEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin` };
}

/** nginx, or what it said before it gave up. */
async function tryNginx(config: string, port: number): Promise<NginxProcess | string> {
  const prefix = await mkdtemp(join(tmpdir(), 'cors-nginx-'));
  // The worker may run as another user than the master.
  await chmod(prefix, 0o755);
  const file = join(prefix, 'nginx.conf');
  await writeFile(file, config);
  const child = spawn('nginx', ['-p', prefix, '-c', file, '-g', 'daemon off;'], {
    env: administratorsEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (piece: Buffer) => {
    said = `${said}${piece.toString()}`.slice(-2_000);
  });
  const ended = Promise.race([
    once(child, 'exit').then(() => said.trim()),
    once(child, 'error').then(([error]) => String(error)),
  ]);
  const failure = await Promise.race([ended, accepting(port, ended)]);
  if (failure !== undefined) {
    await rm(prefix, { recursive: true });
    return failure;
  }
  return {
    port,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(prefix, { recursive: true });
    },
  };
}

/** Resolves to nothing once the port accepts connections; gives up when nginx has ended. */
async function accepting(port: number, ended: Promise<string>): Promise<undefined> {
  const state = { hasEnded: false };
  void ended.then(() => {
    state.hasEnded = true;
  });
  while (!(await canConnect(port))) {
    // What it said is the answer then, and not this.
    if (state.hasEnded) return new Promise(() => undefined);
    await sleep(POLL_MS);
  }
  return undefined;
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('error', () => resolve(false));
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}
