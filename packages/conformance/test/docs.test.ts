import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, test } from 'vitest';

import { parseUsage } from '../src/command/usage.js';
import { exitCodes } from '../src/command/exit-code.js';
import { readKnownFailing } from '../src/known-failing.js';
import { runCli } from './support/run-cli.js';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, '../../docs/conformance.md'), 'utf8');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

// In the package, so that a program of the page finds what it imports.
mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
const folder = mkdtempSync(join(root, 'node_modules/.cache/docs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fences = (language: string, text = page): readonly string[] =>
  Array.from(
    text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms')),
    ([, code = '']) => code,
  );

const write = (name: string, content: string): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

const usage = parseUsage(['--help'], '0.0.0');
const help = usage.kind === 'say' ? usage.text : '';

describe('docs/conformance.md', () => {
  test('names every option, and no other', () => {
    const inHelp = new Set(help.split('Examples:')[0]?.match(/--[a-z-]+/g));
    const inPage = new Set(page.match(/(?<=`)--[a-z-]+(?=`)/g));
    expect([...inPage].sort()).toEqual([...inHelp].sort());
  });

  test('gives every exit code the meaning that the help gives it', () => {
    const rows = Array.from(page.matchAll(/^\| (\d) \| /gm), ([, code]) => Number(code));
    expect(rows).toEqual(Object.values(exitCodes));
    expect(Array.from(help.matchAll(/^ {2}(\d) {2}/gm), ([, code]) => Number(code))).toEqual(rows);
  });

  const ajv = new Ajv2020({ allowUnionTypes: true });
  const schema = JSON.parse(
    readFileSync(join(root, 'schema/exec-1.schema.json'), 'utf8'),
  ) as object;
  const messages = fences('json').filter((code) => code.includes('"type"'));
  test.each(messages)('shows a message of the contract: %s', (line) => {
    expect(line.trim()).not.toContain('\n');
    const validate = ajv.compile({ ...schema, $id: `doc-${messages.indexOf(line)}` });
    expect(validate(JSON.parse(line)), JSON.stringify(validate.errors)).toBe(true);
  });

  test('shows each type of message', () => {
    const types = messages.map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types).toEqual([
      ...['describe', 'description', 'start', 'listening', 'refused', 'not-expressible'],
      ...['reconfigure', 'reconfigured', 'error'],
    ]);
  });

  test('shows a list of known failures', async () => {
    const list = fences('json').find((code) => code.includes('"failing"')) ?? '';
    const { failing } = await readKnownFailing(write('known-failing.json', list));
    expect(failing).toHaveLength(1);
  });

  test('shows a target that the command takes, and judges', async () => {
    const file = write('my-server.mjs', fences('js')[0] ?? '');
    const { code, stdout, all } = await runCli([
      ...['--exec', `"${process.execPath}" "${file}"`, '--id', 'origins', '--level', 'must'],
      '--json',
    ]);
    expect(code, all).not.toBe(2);
    const { target, counts, problems } = JSON.parse(stdout) as {
      target: string;
      counts: Record<string, number>;
      problems: string[];
    };
    expect(target).toBe('cors 2.8.6');
    expect(problems).toEqual([]);
    expect(counts).toMatchObject({ error: 0, 'not-expressible': expect.any(Number) as number });
  });
});

describe('the command lines in the documentation can be read', () => {
  const lines = [...fences('sh'), ...fences('sh', readme)]
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.startsWith('npx @cors/conformance '));
  test.each(lines)('%s', (line) => {
    const parameters = line.replace('npx @cors/conformance ', '').match(/"[^"]*"|\S+/g) ?? [];
    const given = parameters.map((one) => one.replaceAll('"', ''));
    expect(() => parseUsage(given, '0.0.0')).not.toThrow();
  });

  test('there are some', () => expect(lines.length).toBeGreaterThan(4));
});
