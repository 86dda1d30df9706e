import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';

import { type CorsOptions, validateCorsOptions } from '@cors/core';
import { afterAll, describe, expect, it } from 'vitest';

import { adviseOptions, convertOptions, type PeerName, sourceOf } from '../src/index.js';
import { cors } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'cors-lint-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const APP = 'https://app.example.com';
const GOOD = { origin: APP, methods: ['PUT'], allowedHeaders: ['Content-Type'], maxAge: 600 };

describe('cors lint', () => {
  it('is 0 where nothing is wrong', async () => {
    const { code, stdout } = await cors(['lint', file('good.json', JSON.stringify(GOOD))]);
    expect([code, stdout]).toEqual([0, 'Nothing to mend.\n']);
  });

  it('is 1 with every problem, and its fix', async () => {
    const path = file(
      'wrong.ts',
      `export default { origin: ['${APP}/', /example\\.com/], methods: ['patch'], credential: true };`,
    );
    const { code, stdout } = await cors(['lint', path]);
    expect(code).toBe(1);
    expect(stdout).toMatchSnapshot();
  });

  it('is 0 with advice', async () => {
    const path = file('advice.json', JSON.stringify({ origin: '*', methods: ['GET', 'PUT'] }));
    const { code, stdout } = await cors(['lint', path]);
    expect(code).toBe(0);
    expect(stdout).toMatchSnapshot();
  });

  it('prints JSON', async () => {
    const path = file('json.js', `export const corsOptions = { origin: () => 1, maxAge: '600' };`);
    const { code, stdout } = await cors(['lint', path, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchSnapshot();
  });
});

it('ends quietly where nobody reads what it prints', async () => {
  const path = file('unread.json', JSON.stringify(GOOD));
  const { code, stderr } = await cors(['lint', path, '--json'], { isUnread: true });
  expect([code, stderr]).toEqual([0, '']);
});

describe('adviseOptions', () => {
  it.each<[string, CorsOptions, readonly string[]]>([
    ['nothing', GOOD, []],
    ['nothing about a policy for reading', { origin: '*' }, []],
    ['no maxAge', { ...GOOD, maxAge: undefined }, ['max-age-missing maxAge']],
    ['maxAge: 0', { ...GOOD, maxAge: 0 }, ['max-age-zero maxAge']],
    [
      'methods that need no listing',
      { ...GOOD, methods: ['GET', 'PUT', 'HEAD'] },
      ['method-needs-no-listing methods[0]', 'method-needs-no-listing methods[2]'],
    ],
    ['any method', { ...GOOD, methods: '*' }, ['methods-any methods']],
    [
      'headers that need no listing',
      { ...GOOD, allowedHeaders: ['Content-Type', 'accept'] },
      ['header-needs-no-listing allowedHeaders[1]'],
    ],
    [
      'any header',
      { ...GOOD, allowedHeaders: ['*', 'Authorization'] },
      ['headers-any allowedHeaders'],
    ],
    [
      'response headers that need no listing',
      { ...GOOD, exposedHeaders: ['content-length', 'ETag'] },
      ['exposed-needs-no-listing exposedHeaders[0]'],
    ],
    ['any response header', { ...GOOD, exposedHeaders: '*' }, ['exposed-any exposedHeaders']],
    [
      'an origin that a pattern covers',
      { ...GOOD, origin: ['https://a.example.com', 'https://*.example.com'] },
      ['origin-covered origin[0]'],
    ],
    [
      'the local machine, beside others',
      { ...GOOD, origin: [APP, 'http://localhost:*'] },
      ['origin-local origin[1]'],
    ],
    ['the local machine alone', { ...GOOD, origin: 'http://localhost:*' }, []],
    [
      'flags that unlock nothing',
      { ...GOOD, dangerouslyAllowInsecureOrigins: true, dangerouslyAllowNullOrigin: true },
      [
        'flag-unlocks-nothing dangerouslyAllowInsecureOrigins',
        'flag-unlocks-nothing dangerouslyAllowNullOrigin',
      ],
    ],
    ['a flag that unlocks', { ...GOOD, origin: 'null', dangerouslyAllowNullOrigin: true }, []],
    [
      'a flag beside a predicate',
      { ...GOOD, origin: () => true, dangerouslyAllowNullOrigin: true },
      [],
    ],
    [
      'preflights that go on',
      { ...GOOD, preflightContinue: true },
      ['preflight-continue preflightContinue'],
    ],
  ])('%s', (_, options, expected) => {
    expect(validateCorsOptions(options)).toEqual([]);
    const advice = adviseOptions(options);
    expect(advice.map(({ code, path }) => `${code} ${path}`)).toEqual(expected);
    for (const { message, fix } of advice) expect(`${message} ${fix}`).toMatch(/\. [A-Z].*\.$/);
  });

  it('would not advise the same twice: its fix is right', () => {
    const options = { origin: APP, methods: ['GET', 'PUT'], allowedHeaders: ['Accept'] };
    const mended = { origin: APP, methods: ['PUT'], maxAge: 600 };
    expect(adviseOptions(options)).toHaveLength(3);
    expect(adviseOptions(mended)).toEqual([]);
  });
});

describe('cors lint --from', () => {
  it('prints dangers, ours, and the differences', async () => {
    const path = file(
      'before.js',
      `module.exports = { origin: [/app\\.example\\.com/, 'http://localhost:3000/'], methods: 'GET,put', headers: ['X-A'], optionSuccessStatus: 200 };`,
    );
    const { code, stdout } = await cors(['lint', path, '--from', 'cors']);
    expect(code).toBe(1);
    expect(stdout).toMatchSnapshot();
  });

  it('is 0 where nothing is dangerous or dead', async () => {
    const path = file('koa.json', JSON.stringify({ origin: APP, allowMethods: ['PUT'] }));
    const { code, stdout } = await cors(['lint', path, '--from', '@koa/cors', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchSnapshot();
  });

  it('prints a function as it is, in a predicate', async () => {
    const path = file(
      'hono.mjs',
      `export default { origin: (origin) => (origin.endsWith('.example.com') ? origin : null) };`,
    );
    const { code, stdout } = await cors(['lint', path, '--from', 'hono']);
    expect(code).toBe(0);
    expect(stdout).toContain(
      "const theirs = (origin) => (origin.endsWith('.example.com') ? origin : null);",
    );
  });

  it.each([
    ['text', `'*'`, 'The options of cors are an object.'],
    ['list', '[]', 'The options of cors are an object.'],
    ['function', '() => ({})', 'The options are made for each request.'],
  ])('is 2 where nothing can be judged: a %s', async (name, source, reason) => {
    const path = file(`${name}.mjs`, `export default ${source};`);
    const { code, stdout } = await cors(['lint', path, '--from', 'cors']);
    expect(code).toBe(2);
    expect(stdout).toContain(reason);
    expect(stdout).not.toContain('is dangerous or dead');
    const { stdout: json } = await cors(['lint', path, '--from', 'cors', '--json']);
    expect(JSON.parse(json)).toMatchObject({ reason: expect.stringContaining(reason) as string });
  });

  it.each([
    ['getter', `{ get origin() { throw new Error('no'); } }`],
    ['proxy', `new Proxy({}, { ownKeys() { throw new Error('no'); } })`],
  ])('says of options that cannot be read what it says of ours: a %s', async (name, source) => {
    const path = file(`unreadable-${name}.mjs`, `export default ${source};`);
    const ours = await cors(['lint', path]);
    expect(ours.code).toBe(1);
    expect(ours.stdout).toContain('[option-unreadable]');
    expect(await cors(['lint', path, '--from', 'cors'])).toEqual(ours);
  });

  it('takes only the packages that it knows', async () => {
    const { code, stderr } = await cors(['lint', 'x.json', '--from', 'h3']);
    expect(code).toBe(2);
    expect(stderr).toContain('Allowed choices are cors, @fastify/cors, @koa/cors, hono.');
  });
});

describe('what is dangerous or dead in the options of other packages', () => {
  it.each<[PeerName, unknown, readonly string[]]>([
    ['cors', undefined, []],
    ['cors', { origin: true }, []],
    ['cors', { origin: true, credentials: true }, ['danger origin']],
    ['cors', { origin: '*', credentials: true }, ['dead origin']],
    ['cors', { credentials: true }, ['dead origin']],
    ['cors', { origin: new Set([APP]) }, ['danger origin']],
    ['cors', { origin: new URL(APP), credentials: true }, ['danger origin']],
    ['cors', { origin: [() => false] }, ['danger origin']],
    ['cors', { origin: undefined }, ['dead origin']],
    ['cors', { origin: false }, []],
    ['cors', { origin: [] }, ['dead origin']],
    ['cors', { origin: ['*', APP] }, ['dead origin']],
    ['cors', { origin: `${APP}/` }, ['dead origin']],
    ['cors', { origin: 'app.example.com' }, ['dead origin']],
    ['cors', { origin: `${APP},https://b.example` }, ['dead origin']],
    ['cors', { origin: [APP, 'null'] }, ['danger origin[1]']],
    ['cors', { origin: ['http://app.example.com'], credentials: true }, ['danger origin[0]']],
    ['cors', { origin: /app\.example\.com$/ }, ['danger origin']],
    ['cors', { origin: APP, methods: ['patch'] }, ['dead methods[0]']],
    ['cors', { origin: APP, headers: ['Cookie'] }, ['dead headers[0]']],
    ['cors', { origin: APP, exposedHeaders: ['Set-Cookie'] }, ['dead exposedHeaders[0]']],
    ['cors', { origin: APP, credentials: true, methods: '*' }, ['dead methods']],
    ['cors', { origin: APP, credentials: true, allowedHeaders: ['*'] }, ['dead allowedHeaders']],
    ['cors', { origin: APP, credentials: true, exposedHeaders: '*' }, ['dead exposedHeaders']],
    ['cors', { origin: APP, allowMethods: ['PUT'] }, ['dead allowMethods']],
    ['cors', { origin: APP, maxAge: 600_000 }, ['dead maxAge']],
    ['cors', { origin: APP, maxAge: 'a day' }, ['dead maxAge']],
    ['cors', { origin: APP, optionsSuccessStatus: 302 }, ['dead optionsSuccessStatus']],
    ['@fastify/cors', { origin: [APP, '*'] }, []],
    ['@fastify/cors', { origin: '' }, ['dead origin']],
    ['@fastify/cors', { origin: null }, ['dead origin']],
    ['@fastify/cors', { origin: APP, hook: 'preHandler' }, []],
    ['@koa/cors', { credentials: true }, ['danger origin']],
    ['@koa/cors', { origin: '*', credentials: true }, ['danger origin']],
    ['@koa/cors', { origin: [APP] }, ['dead origin']],
    ['@koa/cors', { origin: /app/ }, ['dead origin']],
    ['@koa/cors', { origin: APP, maxAge: 0 }, ['dead maxAge']],
    ['@koa/cors', { origin: APP, methods: ['PUT'] }, ['dead methods']],
    ['@koa/cors', { origin: APP, allowMethods: ['patch'] }, ['dead allowMethods[0]']],
    ['hono', { origin: ['*'] }, ['dead origin']],
    ['hono', { origin: ['*'], credentials: true }, ['dead origin']],
    ['cors', { origin: ['*'] }, ['dead origin']],
    ['hono', { origin: undefined }, ['dead origin']],
    ['hono', { origin: /app/ }, ['dead origin']],
    ['hono', { origin: '*', credentials: true }, ['dead origin']],
  ])('%s %j', (peer, options, expected) => {
    const { findings, options: ours, reason } = convertOptions(peer, options);
    expect(findings.map(({ kind, path }) => `${kind} ${path}`)).toEqual(expected);
    for (const { message, fix } of findings) expect(`${message} ${fix}`).toMatch(/^`.*[.:] .*\.$/);
    // What is printed must be taken.
    if (ours === null) expect(reason).toMatch(/\.$/);
    else expect(validateCorsOptions(ours)).toEqual([]);
  });

  it('shows a stranger that an expression lets in', () => {
    const { findings } = convertOptions('cors', { origin: /https:\/\/app\.example\.com/ });
    expect(findings[0]?.message).toContain(
      "It lets 'https://app.example.com.attacker.example' in.",
    );
  });

  it.each([() => ({}), { delegator: () => ({}) }])(
    'does not guess options by the request',
    (options) => {
      const { options: ours, reason } = convertOptions('@fastify/cors', options);
      expect(ours).toBeNull();
      expect(reason).toContain('`policy: (request) => …`');
    },
  );
});

describe('a function of another package', () => {
  const ASKED = [APP, 'https://b.example'] as const;

  /** What the printed source answers, run on its own. */
  async function answersOf(peer: PeerName, origin: unknown): Promise<readonly boolean[]> {
    const { options } = convertOptions(peer, { origin });
    const printed = runInThisContext(`(${sourceOf(options)})`) as {
      origin: (origin: string, context: unknown) => Promise<boolean>;
    };
    const predicate = options?.origin as typeof printed.origin;
    const answers: boolean[] = [];
    for (const asked of ASKED) {
      const context = { get: () => asked };
      const answer = await predicate(asked, context);
      expect(await printed.origin(asked, context)).toBe(answer);
      answers.push(answer);
    }
    return answers;
  }

  it.each<[string, PeerName, unknown]>([
    ['by a callback', 'cors', `(origin, callback) => callback(null, origin === '${APP}')`],
    ['by a list', 'cors', `(origin, callback) => callback(null, ['${APP}'])`],
    [
      'by an error',
      'cors',
      `(origin, callback) => origin === '${APP}' ? callback(null, true) : callback(new Error('no'))`,
    ],
    ['by a promise', '@fastify/cors', `async (origin) => origin === '${APP}'`],
    ['by the context', '@koa/cors', `(ctx) => ctx.get('Origin') === '${APP}' ? '${APP}' : ''`],
    ['by the origin', 'hono', `(origin) => origin === '${APP}' ? origin : null`],
    [
      'by an async function',
      'hono',
      `async function (origin) { return origin === '${APP}' ? origin : null; }`,
    ],
    [
      'by an async method',
      'hono',
      `{ async of(origin) { return origin === '${APP}' ? origin : null; } }.of`,
    ],
    ['by a method', 'hono', `{ of(origin) { return origin === '${APP}' ? origin : null; } }.of`],
  ])('%s', async (_, peer, source) => {
    const origin: unknown = runInThisContext(
      `(() => { const made = ${source as string}; return made; })()`,
    );
    expect(await answersOf(peer, origin)).toEqual([true, false]);
  });

  it('and expressions that no pattern stands for become a predicate', async () => {
    const { options } = convertOptions('cors', {
      origin: [APP, /^https:\/\/pr-\d+\.example\.com$/g],
    });
    expect(sourceOf(options?.origin)).toBe(
      `(origin) => originMatcher(['${APP}'])(origin) || /^https:\\/\\/pr-\\d+\\.example\\.com$/.test(origin)`,
    );
    const predicate = options?.origin as (origin: string) => boolean;
    const asked = [
      APP,
      'https://pr-1.example.com',
      'https://pr-1.example.com',
      'https://b.example',
    ];
    expect(asked.map(predicate)).toEqual([true, true, true, false]);
  });
});
