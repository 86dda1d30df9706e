/** The runtimes, and what of ours runs on each: with which target, on which host. */
import { nodeProgram, programOf, versionOf } from './toolchain.js';

/** The packages that are judged. */
export const PACKAGES = [
  '@cors/node',
  '@cors/express',
  '@cors/koa',
  '@cors/fastify',
  '@cors/fetch',
  '@cors/hono',
  '@cors/h3',
] as const;

/** One of them. */
export type PackageName = (typeof PACKAGES)[number];

/** How a package gets its requests on a runtime. */
export interface Program {
  /** A module in `targets`. */
  readonly target: string;
  /** A module in `hosts`. */
  readonly host: 'listening' | 'deno' | 'bun' | 'workerd';
}

/** A runtime. */
export interface Runtime {
  /** Without its version: limitations name it so. */
  readonly name: 'Node.js' | 'Deno' | 'Bun' | 'workerd';
  readonly version: string;
  /** The program, once it is installed; missing where npm has none for this machine. */
  readonly executable: () => string;
  /** What it is given to run a bundle. */
  readonly parameters: (bundle: string) => readonly string[];
  /** Absent: the runtime has not what the package is for. */
  readonly programs: Readonly<Partial<Record<PackageName, Program>>>;
}

const ofNode: Runtime['programs'] = {
  '@cors/node': { target: 'node', host: 'listening' },
  '@cors/express': { target: 'express', host: 'listening' },
  '@cors/koa': { target: 'koa', host: 'listening' },
  '@cors/fastify': { target: 'fastify', host: 'listening' },
};

const overNodeHttp: Runtime['programs'] = {
  '@cors/fetch': { target: 'fetch-on-node', host: 'listening' },
  '@cors/hono': { target: 'hono-on-node', host: 'listening' },
  '@cors/h3': { target: 'h3-on-node', host: 'listening' },
};

/** By the runtime's own server. */
const served = (host: Program['host']): Runtime['programs'] => ({
  '@cors/fetch': { target: 'fetch', host },
  '@cors/hono': { target: 'hono', host },
  '@cors/h3': { target: 'h3', host },
});

/** All that are tried. */
export const RUNTIMES: readonly Runtime[] = [
  ...[20, 22, 24, 26].map(
    (major): Runtime => ({
      name: 'Node.js',
      version: versionOf(`node${major}-linux-x64`),
      executable: () => nodeProgram(major),
      parameters: (bundle) => [bundle],
      programs: { ...ofNode, ...overNodeHttp },
    }),
  ),
  {
    name: 'Deno',
    version: versionOf('deno'),
    executable: () => programOf('@deno', '', 'deno'),
    parameters: (bundle) => ['run', '--allow-all', '--no-config', '--no-lock', '--quiet', bundle],
    programs: { ...ofNode, ...served('deno') },
  },
  {
    name: 'Bun',
    version: versionOf('bun'),
    executable: () => programOf('@oven', 'bun-', 'bin/bun'),
    // Scenarios ask for large heads, and `Bun.serve` has no option for them.
    parameters: (bundle) => ['--max-http-header-size=4194304', 'run', bundle],
    programs: { ...ofNode, ...served('bun') },
  },
  {
    name: 'workerd',
    version: versionOf('workerd'),
    executable: () => programOf('@cloudflare', 'workerd-', 'bin/workerd'),
    parameters: (bundle) => ['serve', '--control-fd=1', bundle],
    programs: served('workerd'),
  },
];

/** A runtime's name and version. */
export function titleOf({ name, version }: Pick<Runtime, 'name' | 'version'>): string {
  return `${name} ${version}`;
}
