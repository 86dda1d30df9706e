/**
 * A project of somebody who uses the packages: a folder of its own, with nothing of this repository's
 * but the tarballs.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import process from 'node:process';

/** Versions that users may have, and which the adapters promise to work with. */
export const NEWEST: Readonly<Record<string, string>> = {
  express: '5.3.0',
  '@types/express': '5.0.6',
  fastify: '5.12.8',
  koa: '3.3.0',
  '@types/koa': '3.0.3',
  hono: '4.13.19',
  '@hono/node-server': '2.1.8',
  h3: '2.0.8',
  '@types/node': '20.19.43',
  typescript: '5.9.3',
  esbuild: '0.28.2',
  rollup: '4.68.7',
  '@rollup/plugin-node-resolve': '16.0.3',
  '@rollup/plugin-commonjs': '29.0.3',
  deno: '2.9.6',
  bun: '1.4.5',
  node22: 'npm:node@22.23.3',
  node24: 'npm:node@24.9.0',
};

/** The lower ends of the ranges in `peerDependencies`. */
export const OLDEST: Readonly<Record<string, string>> = {
  express: '4.18.0',
  '@types/express': '4.17.0',
  fastify: '5.0.0',
  koa: '2.15.0',
  '@types/koa': '2.15.0',
  hono: '4.0.3',
  '@hono/node-server': '1.8.2',
  h3: '2.0.1',
  '@types/node': '20.19.43',
  typescript: '5.9.3',
};

/** A consumer's folder. */
export class Consumer {
  readonly folder: string;

  /** Installs the tarballs beside other dependencies, with npm as users have it. */
  constructor(
    folder: string,
    tarballs: ReadonlyMap<string, string>,
    dependencies: Readonly<Record<string, string>>,
  ) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    const ours = Object.fromEntries(Array.from(tarballs, ([name, path]) => [name, `file:${path}`]));
    this.write('package.json', {
      private: true,
      dependencies: { ...ours, ...dependencies },
    });
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  }

  /** Writes a file: text, or data as JSON. */
  write(name: string, content: unknown): string {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
    return file;
  }

  /** Runs a program to its end. @returns What it printed. */
  run(command: string, ...parameters: readonly string[]): string {
    return execFileSync(command, parameters, { cwd: this.folder, encoding: 'utf8' });
  }

  /** Runs a server until `use` is done with it. */
  async serve<Result>(
    [program, ...parameters]: readonly [program: string, ...parameters: string[]],
    port: number,
    use: () => Promise<Result>,
  ): Promise<Result> {
    const server = spawn(program, parameters, {
      cwd: this.folder,
      // Where a sample does not say at which port, its runtime is told.
      env: {
        ...process.env,
        DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}`,
        BUN_PORT: String(port),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    server.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    try {
      await listening(port, () => server.exitCode === null);
      return await use();
    } catch (cause) {
      throw new Error(`${String(cause)}\n${errors}`, { cause });
    } finally {
      server.kill('SIGKILL');
    }
  }
}

/** A port that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listening(port: number, isRunning: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end && isRunning(); ) {
    const isThere = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The server does not listen.');
}
