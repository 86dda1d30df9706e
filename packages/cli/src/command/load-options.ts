/**
 * Options from a file: JSON, JavaScript or TypeScript. A script is run, as the server would run it.
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { types } from 'node:util';

import { createJiti } from 'jiti';

import { UsageError } from './usage-error.js';

/** The options that a file holds: all of it if it is JSON, else its `corsOptions` or its default export. */
export async function loadOptions(file: string): Promise<unknown> {
  const path = resolve(file);
  if (/\.json$/i.test(path)) return parsedJson(await textOf(path, file), file);
  if (!/\.[cm]?[jt]s$/i.test(path)) {
    throw new UsageError(
      `The file ${JSON.stringify(file)} is neither JSON, JavaScript nor TypeScript.`,
      'Give a file that ends in .json, .js, .mjs, .cjs, .ts, .mts or .cts.',
    );
  }
  await textOf(path, file);
  const exported = await run(path, file);
  const isNamed = typeof exported === 'object' && exported !== null && 'corsOptions' in exported;
  const found = isNamed ? exported.corsOptions : defaultOf(exported);
  if (found === undefined) {
    throw new UsageError(
      `The file ${JSON.stringify(file)} exports no options.`,
      'Write export default { … }, or export const corsOptions = { … }.',
    );
  }
  return found;
}

async function textOf(path: string, file: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(
      `The file ${JSON.stringify(file)} cannot be read (${messageOf(error)}).`,
      'Give the path of a file with CORS options.',
    );
  }
}

function parsedJson(text: string, file: string): unknown {
  try {
    // Editors on Windows put a byte order mark in front.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UsageError(
      `The file ${JSON.stringify(file)} is no JSON (${messageOf(error)}).`,
      'Mend it, or write the options in a .js file.',
    );
  }
}

async function run(path: string, file: string): Promise<unknown> {
  try {
    const jiti = createJiti(import.meta.url, {
      fsCache: false,
      moduleCache: false,
      interopDefault: false,
    });
    return await jiti.import(path);
  } catch (error) {
    throw new UsageError(
      `The file ${JSON.stringify(file)} fails when it is run (${messageOf(error)}).`,
      'Give a file that holds the options alone, and starts no server.',
    );
  }
}

function defaultOf(exported: unknown): unknown {
  if (typeof exported !== 'object' || exported === null) return exported;
  if ('default' in exported) return exported.default;
  // An ES module without a default export; in CommonJS the exports are the options.
  return '__esModule' in exported || types.isModuleNamespaceObject(exported) ? undefined : exported;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
