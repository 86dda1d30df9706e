/**
 * Each package as ES module and as CommonJS in one program: two copies of all of it, as an application
 * has whose dependencies load the other format. Built, and run by Node alone.
 */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'tsup';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const PACKAGES = ['core', 'node', 'fetch', 'express', 'fastify', 'koa', 'hono', 'h3'];
/** Dependencies that are not ours, and the package that has them. */
const INSTALLED = {
  tldts: 'core',
  express: 'express',
  fastify: 'fastify',
  'fastify-plugin': 'fastify',
  'find-my-way': 'fastify',
  koa: 'koa',
  hono: 'hono',
  h3: 'h3',
};

const MOUNT: Readonly<Record<string, string>> = {
  node: `
    const outer = esm.cors(first), inner = cjs.cors(second);
    server = createServer((request, response) => {
      outer(request, response, () => inner(request, response, () => response.end('ok')));
    });`,
  express: `
    const app = (await import('express')).default();
    app.use(esm.cors(first));
    app.use(cjs.cors(second));
    app.get('/', (request, response) => response.send('ok'));
    server = createServer(app);`,
  koa: `
    const Koa = (await import('koa')).default;
    const app = new Koa();
    app.use(esm.cors(first));
    app.use(cjs.cors(second));
    app.use((context) => { context.body = 'ok'; });
    server = createServer(app.callback());`,
  fastify: `
    const app = (await import('fastify')).default();
    await app.register(esm.cors, first);
    await app.register(cjs.cors, second);
    app.get('/', async () => 'ok');
    await app.ready();
    server = app.server;`,
  hono: `
    const { Hono } = await import('hono');
    const app = new Hono();
    app.use('*', esm.cors(first));
    app.use('*', cjs.cors(second));
    app.get('/', (context) => context.text('ok'));
    ask = (init) => app.request('http://api.example/', init);`,
  h3: `
    const { H3 } = await import('h3');
    const app = new H3();
    app.use(esm.cors(first));
    app.use(cjs.cors(second));
    app.get('/', () => 'ok');
    ask = async (init) => app.request('http://api.example/', init);`,
  fetch: `
    const handler = esm.cors(first)(cjs.cors(second)(() => new Response('ok')));
    ask = (init) => handler(new Request('http://api.example/', init));`,
};

/** Mounts one copy of an adapter in front of the other, each with an equal policy, or with another. */
function program(adapter: string, mount: string): string {
  return `
    import { createServer } from 'node:http';
    import { createRequire } from 'node:module';
    import * as esm from '@cors/${adapter}';
    import * as esmCore from '@cors/core';
    const require = createRequire(import.meta.url);
    const cjs = require('@cors/${adapter}');
    const cjsCore = require('@cors/core');
    const A = 'https://a.example';
    const warnings = [];
    process.on('warning', ({ code }) => warnings.push(code));
    // How the web-standard packages warn.
    console.warn = (text) => warnings.push(/CORS_\\w+/.exec(text)?.[0]);
    const reply = { areTwo: esm.cors !== cjs.cors && esmCore.createCors !== cjsCore.createCors };

    async function answers(first, second) {
      let server, ask;
      ${mount}
      if (server !== undefined) {
        await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
        const { port } = server.address();
        ask = (init) => fetch('http://127.0.0.1:' + port + '/', init);
      }
      const found = [];
      for (const method of ['GET', 'OPTIONS']) {
        const headers = { Origin: A };
        if (method === 'OPTIONS') headers['Access-Control-Request-Method'] = 'PUT';
        const response = await ask({ method, headers });
        const field = (name) => response.headers.get(name);
        found.push([response.status, field('Access-Control-Allow-Origin'), field('Vary')]);
      }
      server?.closeAllConnections();
      server?.close();
      return found;
    }

    // The policy of one copy in the adapter of the other, and both adapters with the same one.
    const policy = cjsCore.createCors({ origin: A, methods: ['PUT'] });
    reply.shared = await answers({ policy }, { policy });
    const equal = () => ({ origin: [A], methods: ['PUT'] });
    reply.equal = await answers(equal(), { policy: esmCore.createCors(equal()) });
    reply.warningsBefore = [...warnings];
    reply.conflict = await answers(equal(), { origin: '*' });
    await new Promise((resolve) => setImmediate(resolve));
    reply.warnings = warnings;
    console.log(JSON.stringify(reply));
    process.exit(0);`;
}

const folder = mkdtempSync(join(tmpdir(), 'cors-formats-'));
const modules = join(folder, 'node_modules');

beforeAll(async () => {
  mkdirSync(join(modules, '@cors'), { recursive: true });
  for (const [name, by] of Object.entries(INSTALLED)) {
    symlinkSync(join(root, 'packages', by, 'node_modules', name), join(modules, name));
  }
  await Promise.all(
    PACKAGES.map(async (name) => {
      await build({
        config: false,
        entry: [join(root, 'packages', name, 'src/index.ts')],
        format: ['esm', 'cjs'],
        external: [/^[^./]/],
        outDir: join(modules, '@cors', name, 'dist'),
        silent: true,
      });
      const manifest = [name, 'package.json'];
      copyFileSync(join(root, 'packages', ...manifest), join(modules, '@cors', ...manifest));
    }),
  );
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

describe('an ES module and a CommonJS copy in one program', () => {
  it.each(Object.entries(MOUNT))(
    'of @cors/%s work together',
    async (adapter, mount) => {
      const file = join(folder, `${adapter}.mjs`);
      writeFileSync(file, program(adapter, mount));
      const { stdout } = await promisify(execFile)(process.execPath, [file]);
      const granted = [
        [200, 'https://a.example', 'Origin'],
        [204, 'https://a.example', 'Origin'],
      ];
      expect(JSON.parse(stdout)).toEqual({
        areTwo: true,
        shared: granted,
        equal: granted,
        warningsBefore: [],
        conflict: [
          [200, null, 'Origin'],
          // Where the first one answers, the second one never sees a preflight.
          adapter === 'fastify' ? [403, null, 'Origin'] : [204, 'https://a.example', 'Origin'],
        ],
        warnings: ['CORS_POLICY_CONFLICT'],
      });
    },
    30_000,
  );
});
