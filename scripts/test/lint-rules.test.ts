import { join } from 'node:path';

import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

// The boundaries between packages and platforms are lint rules; here each is broken once.
// Without types, so that a file need not exist, and so that this takes a second.
const eslint = new ESLint({
  cwd: join(import.meta.dirname, '../..'),
  overrideConfig: tseslint.configs.disableTypeChecked,
});

async function brokenRules(filePath: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath });
  return (result?.messages ?? []).map(({ ruleId }) => ruleId);
}

const documented = (code: string): string => `/** Says what it is. */\n${code}\n`;

const imported = (specifier: string): string => `export * from '${specifier}';\n`;
const used = (expression: string): string =>
  documented(`export const value: unknown = ${expression};`);

describe('imports', () => {
  it.each([
    ['core', '@cors/node'],
    ['core', '@cors/browser'],
    ['core', 'node:url'],
    ['core', 'url'],
    ['core', 'tldts-core'],
    ['core', '../../node/src/index.js'],
    ['core', '../test/helper.js'],
    ['browser', '@cors/core'],
    ['browser', '@cors/conformance'],
    ['browser', 'node:url'],
    ['browser', 'tldts-core'],
    ['browser', '../../core/src/index.js'],
    ['node', '@cors/fetch'],
    ['node', '@cors/browser'],
    ['node', 'http'],
    ['node', 'express'],
    ['fetch', 'node:http'],
    ['fetch', 'tldts'],
    ['conformance', '@cors/core'],
    ['conformance', '@cors/node'],
    ['conformance', '@cors/fetch'],
    ['conformance', '../../core/src/index.js'],
    ['express', '@cors/fetch'],
    ['express', '@cors/koa'],
    ['express', 'express/lib/response'],
    ['express', 'http'],
    ['express', 'koa'],
    ['koa', '@cors/fetch'],
    ['koa', '@cors/express'],
    ['koa', 'express'],
    ['koa', 'node:http'],
    ['fastify', '@cors/fetch'],
    ['fastify', '@fastify/middie'],
    ['fastify', 'express'],
    ['fastify', 'node:http'],
    ['hono', '@cors/node'],
    ['hono', '@hono/node-server'],
    ['hono', 'express'],
    ['hono', 'hono/cors'],
    ['hono', 'node:http'],
    ['cli', 'node:http'],
    ['cli', 'commander'],
    ['cli', '@cors/conformance'],
    ['cli', '@cors/node'],
    ['h3', '@cors/node'],
    ['h3', 'srvx'],
    ['h3', 'h3/node'],
    ['h3', 'node:http'],
  ])('%s may not import %s', async (name, specifier) => {
    const file = `packages/${name}/src/any.ts`;
    expect(await brokenRules(file, imported(specifier))).toEqual(['no-restricted-imports']);
    expect(await brokenRules(file, `import '${specifier}';\n`)).toEqual(['no-restricted-imports']);
    expect(await brokenRules(file, used(`await import('${specifier}')`))).toEqual([
      'no-restricted-syntax',
    ]);
    expect(
      await brokenRules(file, documented(`export type Any = import('${specifier}').Any;`)),
    ).toEqual(['no-restricted-syntax']);
  });

  it.each([
    ['core', 'tldts'],
    ['browser', 'tldts'],
    ['browser', 'whatwg-mimetype'],
    ['core', './any.js'],
    ['core', '../any.js'],
    ['node', '@cors/core'],
    ['node', 'node:http'],
    ['fetch', '@cors/core'],
    ['fetch', '@cors/node'],
    ['conformance', '@cors/browser'],
    ['conformance', 'node:net'],
    ['conformance', '../audits/any.js'],
    ['express', '@cors/node'],
    ['express', 'node:http'],
    ['koa', '@cors/node'],
    ['fastify', '@cors/node'],
    ['fastify', 'fastify-plugin'],
    ['fastify', 'find-my-way'],
    ['hono', '@cors/fetch'],
    ['h3', '@cors/fetch'],
    ['h3', 'h3'],
  ])('%s may import %s', async (name, specifier) => {
    expect(await brokenRules(`packages/${name}/src/any/any.ts`, imported(specifier))).toEqual([]);
  });

  it.each([
    ['any', '@cors/core'],
    ['any', '@cors/browser'],
    ['any', 'acorn'],
    ['command/any', 'node:http'],
    ['command/any', 'commander'],
    ['command/any', '../any.js'],
  ])('cli/%s.ts may import %s', async (file, specifier) => {
    expect(await brokenRules(`packages/cli/src/${file}.ts`, imported(specifier))).toEqual([]);
  });

  it.each(['@cors/node', 'express', '../../../node/src/index.js'])(
    'cli: the command may not import %s',
    async (specifier) => {
      expect(await brokenRules('packages/cli/src/command/any.ts', imported(specifier))).toEqual([
        'no-restricted-imports',
      ]);
    },
  );

  it.each(['express', 'koa', 'fastify', 'hono'])('%s may import only types of it', async (name) => {
    const file = `packages/${name}/src/any.ts`;
    const types = `import type { Any } from '${name}';\n`;
    expect(await brokenRules(file, `${types}${documented('export type Ours = Any;')}`)).toEqual([]);
    const rule = '@typescript-eslint/no-restricted-imports';
    for (const code of [
      imported(name),
      `import '${name}';\n`,
      `export { any } from '${name}';\n`,
    ]) {
      expect(await brokenRules(file, code)).toEqual([rule]);
    }
  });
});

describe('globals', () => {
  const names = [
    'process',
    'Buffer',
    'Headers',
    'Request',
    'Response',
    'fetch',
    'window',
    'document',
  ];

  it.each([
    ...[...names, 'URL', 'console', 'setTimeout', 'TextEncoder', 'require'].map((name) => [
      'core',
      name,
    ]),
    ...[...names, 'console'].map((name) => ['browser', name]),
    ...['process', 'Buffer', 'require', 'window', 'document'].map((name) => ['fetch', name]),
    ...['window', 'document'].map((name) => ['node', name]),
    ...['window', 'document'].map((name) => ['conformance', name]),
    ...['window', 'document'].map((name) => ['express', name]),
    ...['process', 'Buffer', 'window'].map((name) => ['koa', name]),
    ...['process', 'Buffer', 'window'].map((name) => ['fastify', name]),
    ...['process', 'Buffer', 'require', 'window', 'document'].map((name) => ['hono', name]),
    ...['process', 'Buffer', 'require', 'window', 'fetch'].map((name) => ['cli', name]),
    ...['process', 'Buffer', 'require', 'window', 'document'].map((name) => ['h3', name]),
  ])('%s may not name %s', async (name, global) => {
    const file = `packages/${name}/src/any.ts`;
    expect(await brokenRules(file, used(global))).toContain('no-restricted-globals');
    expect(await brokenRules(file, used(`globalThis['${global}']`))).toEqual([
      'no-restricted-globals',
    ]);
  });

  it.each([
    ['core', 'any', 'Map'],
    ['core', 'whatwg-url', 'globalThis.URL'],
    ['browser', 'any', 'URL'],
    ['fetch', 'any', 'Response'],
    ['node', 'any', 'Buffer'],
    ['conformance', 'any', 'Response'],
    ['hono', 'any', 'Response'],
    ['cli', 'any', 'btoa'],
    ['cli', 'command/any', 'Buffer'],
    ['h3', 'any', 'Response'],
  ])('%s/%s.ts may name %s', async (name, file, expression) => {
    expect(await brokenRules(`packages/${name}/src/${file}.ts`, used(expression))).toEqual([]);
  });

  it.each([
    ...['Headers', 'Request', 'Response', 'Buffer', 'URL'].map((name) => ['core', name]),
    ...['Headers', 'Request', 'Response', 'Buffer'].map((name) => ['browser', name]),
  ])('%s may not name the type %s', async (name, type) => {
    const code = documented(
      `export type Any = ${type} | Record<string, Awaited<ReadonlyMap<string, 1>>>;`,
    );
    expect(await brokenRules(`packages/${name}/src/any.ts`, code)).toEqual(['no-undef']);
  });

  it('browser may name the type URL', async () => {
    expect(
      await brokenRules('packages/browser/src/any.ts', documented('export type Any = URL;')),
    ).toEqual([]);
  });
});

describe('the length of a source file', () => {
  const lines = (count: number): string => '// a line\n'.repeat(count);

  it('is at most 250 lines, comments and blank lines included', async () => {
    const file = 'packages/core/src/any.ts';
    expect(await brokenRules(file, lines(250))).toEqual([]);
    expect(await brokenRules(file, lines(251))).toEqual(['max-lines']);
    expect(await brokenRules(file, '\n'.repeat(251))).toEqual(['max-lines']);
  });

  it('does not concern generated tables', async () => {
    const file = 'packages/core/src/public-suffix-ancestors.ts';
    expect(await brokenRules(file, lines(251))).toEqual([]);
  });
});

describe('documentation', () => {
  it.each([
    'export function any(): void {}',
    'export class Any { any = 1; }',
    'export const any = 1;',
    'export const any = (): void => undefined;',
    'export interface Any { a: 1 }',
    'export type Any = 1;',
  ])('is there for each exported name: %s', async (code) => {
    const file = 'packages/core/src/any.ts';
    expect(await brokenRules(file, code)).toEqual(['jsdoc/require-jsdoc']);
    expect(await brokenRules(file, documented(code))).not.toContain('jsdoc/require-jsdoc');
  });
});
