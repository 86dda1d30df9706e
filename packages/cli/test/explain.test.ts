import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { cors } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'cors-explain-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const ORIGIN = 'https://app.example.com';
const OPTIONS = `{ "origin": ["${ORIGIN}"], "methods": ["PUT"], "maxAge": 600 }`;
const json = file('options.json', OPTIONS);

describe('cors explain', () => {
  it('is 0 where a browser lets the page read', async () => {
    const { code, stdout } = await cors(['explain', json, '--origin', ORIGIN, '-X', 'PUT']);
    expect(code).toBe(0);
    expect(stdout).toMatchSnapshot();
  });

  it.each([
    [['-H', 'Content-Type: application/json'], 'header-not-allowed', "Add 'Content-Type' to"],
    [['-X', 'DELETE'], 'method-not-allowed', "Add 'DELETE' to `methods`."],
    [['--credentials'], 'missing-allow-credentials', 'Set `credentials: true`'],
    [['--origin', 'https://evil.example'], 'missing-allow-origin', 'If this origin is yours'],
  ])('is 1 where it does not: %j', async (more, verdict, fix) => {
    const { code, stdout } = await cors(['explain', json, '--origin', ORIGIN, ...more]);
    expect(code).toBe(1);
    expect(stdout).toContain(`Blocked: ${verdict}`);
    expect(stdout).toContain(fix);
  });

  it('prints JSON', async () => {
    const run = ['explain', json, '--origin', ORIGIN, '-X', 'DELETE', '--json'];
    const { code, stdout } = await cors(run);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchSnapshot();
  });

  it('is 2 where the options are no options', async () => {
    const wrong = file('wrong.json', `{ "origin": "${ORIGIN}/", "method": ["PUT"] }`);
    const { code, stdout } = await cors(['explain', wrong, '--origin', ORIGIN]);
    expect(code).toBe(2);
    expect(stdout).toContain('[origin-path]');
    expect(stdout).toContain('[option-unknown]');
  });

  it('asks a predicate, also one that answers later', async () => {
    const path = file(
      'predicate.mjs',
      `export default { origin: async (origin) => origin === '${ORIGIN}' };`,
    );
    expect((await cors(['explain', path, '--origin', ORIGIN])).code).toBe(0);
    expect((await cors(['explain', path, '--origin', 'https://b.example'])).code).toBe(1);
  });
});

describe('a promise that never settles is 2, and said', () => {
  it.each([
    ['predicate', 'explain', 'export default { origin: () => new Promise(() => {}) };'],
    ['file', 'lint', 'await new Promise(() => {});\nexport default {};'],
    ['file', 'explain', 'await new Promise(() => {});\nexport default {};'],
  ])('in a %s, for %s', async (name, command, text) => {
    const request = command === 'explain' ? ['--origin', ORIGIN, '-X', 'PUT'] : [];
    const { code, stdout, stderr } = await cors([
      command,
      file(`never-${name}.mjs`, text),
      ...request,
    ]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^cors: A promise never settles, .*\.\nLook for it in .*\.\n$/);
  });
});

describe('a file with options', () => {
  it.each([
    ['bom.json', `\ufeff${OPTIONS}`],
    ['bom.mjs', `\ufeffexport default ${OPTIONS};`],
    ['a.js', `module.exports = ${OPTIONS};`],
    ['b.cjs', `exports.corsOptions = ${OPTIONS};`],
    ['c.mjs', `export default ${OPTIONS};`],
    ['d.ts', `interface O { origin: string[] }\nexport const corsOptions: O = ${OPTIONS} as O;`],
    ['e.mts', `enum M { put = 'PUT' }\nexport default { origin: '${ORIGIN}', methods: [M.put] };`],
    ['f.cts', `const o: object = ${OPTIONS};\nexport = o;`],
  ])('%s is read', async (name, text) => {
    const run = ['explain', file(name, text), '--origin', ORIGIN, '-X', 'PUT'];
    const { code, stderr } = await cors(run);
    expect([code, stderr]).toEqual([0, '']);
  });

  it.each([
    ['none.json', null, 'cannot be read'],
    ['none.ts', null, 'cannot be read'],
    ['text.txt', '', 'is neither JSON, JavaScript nor TypeScript'],
    ['broken.json', '{', 'is no JSON'],
    ['broken.ts', 'export default {', 'fails when it is run'],
    ['throws.js', 'throw new Error("no \\u001b[31m database")', 'fails when it is run'],
    ['empty.mjs', 'export const other = 1;', 'exports no options'],
  ])('%s is not: says why', async (name, text, problem) => {
    const path = text === null ? join(folder, name) : file(name, text);
    const { code, stderr } = await cors(['explain', path, '--origin', ORIGIN]);
    expect(code).toBe(2);
    expect(stderr).toContain(problem);
    expect(stderr).not.toContain('\u001b');
  });
});
