// Installs the packed packages as users do, and uses them: each README's sample on several versions of
// Node.js, with the newest and the oldest framework that an adapter promises to work with; as ES module,
// as CommonJS, in TypeScript under each resolution, and bundled; and probed by the installed command.
// Needs a build.
//   pnpm check:install
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { Consumer, freePort, NEWEST, OLDEST } from './consumer.js';
import { playHandshake } from './handshake.js';
import { onPort, pageSample, readmeSample } from './samples.js';
import { packAll, packageFolders } from './tarballs.js';

const SERVERS = ['node', 'express', 'fastify', 'koa', 'hono', 'h3'];
const ON_ANY_RUNTIME = ['core', 'fetch', 'hono', 'h3', 'browser', 'cli'];
let failed = 0;

async function check(name: string, run: () => unknown): Promise<void> {
  try {
    await run();
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    const { message, stdout = '' } = error as Error & { stdout?: string };
    console.log(`FAILED  ${name}\n${message}\n${stdout}`);
  }
}

/** Each README's sample as it is pasted, on each Node.js. */
async function checkSamples(consumer: Consumer, kind: string, nodes: Nodes): Promise<void> {
  for (const [version, node] of Object.entries(nodes)) {
    for (const folder of SERVERS) {
      await check(`${kind}: the README of @cors/${folder}, on Node.js ${version}`, async () => {
        const port = await freePort();
        const file = consumer.write(`${folder}.mjs`, onPort(readmeSample(folder), port));
        await consumer.serve([node, file], port, () => playHandshake(port));
      });
    }
  }
}

type Nodes = Readonly<Record<string, string>>;

/** Each README's sample, probed by the command as it is installed, on each Node.js. */
async function checkConformanceCommand(consumer: Consumer, nodes: Nodes): Promise<void> {
  const command = join(consumer.folder, 'node_modules/.bin/cors-conformance');
  for (const [version, node] of Object.entries(nodes)) {
    for (const folder of SERVERS) {
      const name = `cors-conformance, on Node.js ${version}, probes the README of @cors/${folder}`;
      await check(name, async () => {
        const port = await freePort();
        const file = consumer.write(`${folder}.mjs`, onPort(readmeSample(folder), port));
        await consumer.serve([process.execPath, file], port, async () => {
          const report = consumer.run(node, command, `http://127.0.0.1:${port}/`, ...PROBED_FOR);
          if (!/^\d+ passed, 0 failed, 0 skipped, 0 with errors$/m.test(report)) {
            throw new Error(report);
          }
          return Promise.resolve();
        });
      });
    }
  }
}

/** What every sample's policy is, as its operator would tell it. */
const PROBED_FOR = [
  ...['--allowed-origin', 'https://app.example.com', '--denied-origin', 'https://evil.example'],
  ...['--method', 'POST', '--header', 'Content-Type'],
];

/** The samples for Deno and Bun, in Deno and Bun. */
async function checkRuntimes(consumer: Consumer): Promise<void> {
  const bin = join(consumer.folder, 'node_modules/.bin');
  const runtimes = {
    Deno: [join(bin, 'deno'), 'run', '--allow-all', '--node-modules-dir=manual'],
    Bun: [join(bin, 'bun')],
  } as const;
  for (const [name, command] of Object.entries(runtimes)) {
    await check(`the sample for ${name}, in ${name}`, async () => {
      const file = consumer.write(`${name}.mjs`, pageSample('edge-runtimes.md', `${name}.serve(`));
      const port = await freePort();
      await consumer.serve([...command, file], port, () => playHandshake(port));
    });
  }
}

/** The one sample in CommonJS. */
async function checkCommonJsSample(consumer: Consumer): Promise<void> {
  await check('the sample of @cors/fastify in CommonJS', async () => {
    const port = await freePort();
    const sample = pageSample('fastify.md', "require('@cors/fastify')");
    const file = consumer.write('fastify.cjs', onPort(sample, port));
    await consumer.serve([process.execPath, file], port, () => playHandshake(port));
  });
}

/** Every package in both formats, on each Node.js. */
async function checkFormats(consumer: Consumer, nodes: Nodes): Promise<void> {
  const names = JSON.stringify(packageFolders.map((folder) => `@cors/${folder}`));
  const esm = `for (const name of ${names}) if (Object.keys(await import(name)).length === 0) throw name;`;
  const cjs = `for (const name of ${names}) if (Object.keys(require(name)).length === 0) throw name;`;
  consumer.write('all.mjs', esm);
  consumer.write('all.cjs', cjs);
  for (const [version, node] of Object.entries(nodes)) {
    for (const file of ['all.mjs', 'all.cjs']) {
      await check(`every package loaded by ${file}, on Node.js ${version}`, () =>
        consumer.run(node, file),
      );
    }
  }
}

const STRICT = {
  strict: true,
  skipLibCheck: false,
  noEmit: true,
  target: 'es2022',
  types: ['node'],
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
};

const RESOLUTIONS: Readonly<Record<string, object>> = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  node16: { module: 'node16', moduleResolution: 'node16' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
};

/** The samples of the READMEs, compiled under each resolution, with every declaration file looked at. */
async function checkTypes(consumer: Consumer, kind: string): Promise<void> {
  for (const [name, resolution] of Object.entries(RESOLUTIONS)) {
    const folder = `types-${name}`;
    for (const each of packageFolders) {
      consumer.write(`${folder}/${each}.mts`, `${readmeSample(each)}\nexport {};\n`);
      if (name === 'bundler') continue;
      // As CommonJS sees them.
      consumer.write(
        `${folder}/${each}.cts`,
        `import all = require('@cors/${each}');\nconsole.log(all);\n`,
      );
    }
    consumer.write(`${folder}/tsconfig.json`, {
      compilerOptions: { ...STRICT, ...resolution },
    });
    await check(`${kind}: TypeScript, ${name}`, () => {
      const errors = compilerErrors(consumer, folder);
      const others = errors.filter((line) => /^node_modules\/(?!@cors\/)/.test(line));
      // Declarations of others that do not fit one another are theirs to mend: named, not hidden.
      for (const line of others) console.log(`        not ours: ${line}`);
      if (errors.length > others.length) throw new Error(errors.join('\n'));
    });
  }
}

function compilerErrors(consumer: Consumer, folder: string): readonly string[] {
  try {
    consumer.run('npx', 'tsc', '-p', folder, '--pretty', 'false');
    return [];
  } catch (error) {
    const { stdout } = error as { stdout: string };
    return stdout.split('\n').filter((line) => / error TS\d+/.test(line));
  }
}

/** The samples bundled, and run. */
async function checkBundles(consumer: Consumer): Promise<void> {
  for (const folder of SERVERS) {
    await check(`@cors/${folder}, bundled by esbuild`, async () => {
      const port = await freePort();
      consumer.write(`bundle/${folder}.mjs`, onPort(readmeSample(folder), port));
      const banner =
        '--banner:js=import { createRequire } from "module"; const require = createRequire(import.meta.url);';
      const options = ['--bundle', '--platform=node', '--format=esm', '--log-level=error', banner];
      const out = `bundle/${folder}.out.mjs`;
      consumer.run('npx', 'esbuild', `bundle/${folder}.mjs`, ...options, `--outfile=${out}`);
      await consumer.serve([process.execPath, out], port, () => playHandshake(port));
    });
  }
  for (const folder of ON_ANY_RUNTIME) {
    const program = `import * as all from '@cors/${folder}'; console.log(Object.keys(all).length > 0);`;
    consumer.write(`bundle/${folder}.any.mjs`, program);
    const out = `bundle/${folder}.any.out.mjs`;
    const run = (): void => {
      const printed = consumer.run(process.execPath, out);
      if (printed.trim() !== 'true') throw new Error(`It printed ${printed}`);
    };
    await check(`@cors/${folder}, bundled for browsers by esbuild`, () => {
      const options = ['--bundle', '--platform=browser', '--format=esm', '--log-level=error'];
      consumer.run('npx', 'esbuild', `bundle/${folder}.any.mjs`, ...options, `--outfile=${out}`);
      run();
    });
    await check(`@cors/${folder}, bundled by rollup`, () => {
      const options = ['-p', 'node-resolve', '-p', 'commonjs', '-f', 'es', '--failAfterWarnings'];
      consumer.run('npx', 'rollup', `bundle/${folder}.any.mjs`, ...options, '-o', out);
      run();
    });
  }
}

/** The command, as its tarball installs it, on each Node.js: a file in TypeScript, and a server that runs. */
async function checkCorsCommand(consumer: Consumer, nodes: Nodes): Promise<void> {
  const command = join(consumer.folder, 'node_modules/@cors/cli/dist/main.js');
  const options = consumer.write(
    'cors-options.ts',
    `export const corsOptions: object = { origin: 'https://app.example.com', maxAge: 600 };`,
  );
  for (const [version, node] of Object.entries(nodes)) {
    await check(`the command cors, on Node.js ${version}`, async () => {
      consumer.run(node, command, 'lint', options);
      const port = await freePort();
      const server = consumer.write('checked.mjs', onPort(readmeSample('node'), port));
      const parameters = [
        'check',
        `http://127.0.0.1:${port}/`,
        '--origin',
        'https://app.example.com',
      ];
      await consumer.serve([node, server], port, async () => {
        // A page over HTTPS may ask the machine itself.
        const printed = consumer.run(node, command, ...parameters);
        if (!printed.includes('Allowed: allowed')) throw new Error(printed);
        return Promise.resolve();
      });
    });
  }
  await check('the command cors, by its name', () => consumer.run('npx', 'cors', '--version'));
}

const folder = mkdtempSync(join(tmpdir(), 'cors-install-'));
try {
  const tarballs = packAll(join(folder, 'tarballs'));
  const newest = new Consumer(join(folder, 'newest'), tarballs, NEWEST);
  const nodes = {
    [process.versions.node]: process.execPath,
    22: join(newest.folder, 'node_modules/node22/bin/node'),
    24: join(newest.folder, 'node_modules/node24/bin/node'),
  };
  await checkFormats(newest, nodes);
  await checkSamples(newest, 'newest', nodes);
  await checkConformanceCommand(newest, nodes);
  await checkRuntimes(newest);
  await checkCommonJsSample(newest);
  await checkTypes(newest, 'newest');
  await checkBundles(newest);
  await checkCorsCommand(newest, nodes);
  const oldest = new Consumer(join(folder, 'oldest'), tarballs, OLDEST);
  await checkSamples(oldest, 'oldest', { [process.versions.node]: process.execPath });
  await checkTypes(oldest, 'oldest');
} finally {
  rmSync(folder, { recursive: true });
}
console.log(failed === 0 ? 'Every check passed.' : `${failed} checks failed.`);
process.exitCode = failed === 0 ? 0 : 1;
