import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';
import { describe, expect, it } from 'vitest';

import { markdownFiles, readMarkdown, readText, root, sourceFiles } from './documents.js';

/** The names that a package's index exports: all of them, or those that exist at run time. */
function exportsOf(name: string, which: 'all' | 'values'): string[] {
  const file = `packages/${name}/src/index.ts`;
  const source = ts.createSourceFile(file, readText(file), ts.ScriptTarget.ES2022);
  return source.statements
    .filter(ts.isExportDeclaration)
    .flatMap(({ exportClause, isTypeOnly }) => {
      // `export *` would hide names from this test, and from readers of the index.
      if (exportClause === undefined || !ts.isNamedExports(exportClause)) throw new Error(file);
      return exportClause.elements
        .filter((one) => which === 'all' || !(isTypeOnly || one.isTypeOnly))
        .map((one) => one.name.text)
        .filter((one) => one !== 'default');
    });
}

const packages = readdirSync(join(root, 'packages'));
const documents = markdownFiles.filter((file) => /^(?:docs|README|packages)\b/.test(file));
const pages = documents.filter((file) => file.startsWith('docs/'));

/** What stands between backticks in a page's text, code blocks aside. */
function inlineCode(file: string): string[] {
  const text = readMarkdown(readText(file)).sections.map(({ prose }) => prose);
  return Array.from(text.join('\n').matchAll(/(`+)(?!`)(.*?[^`])\1(?!`)/g), ([, , code]) => code!);
}

/** Names in it: `explain`, `Cors.decide`, `cors(…)`, `commitDecision(decision, reply)`. */
function namesIn(code: string): string[] {
  return code.match(/(?<![\w$.@/'"-])[A-Za-z_$][\w$]*(?![\w$'"/-])/g) ?? [];
}

const named = new Set(pages.flatMap((file) => inlineCode(file).flatMap(namesIn)));

describe('what a package exports has its place in docs', () => {
  it.each(exportsOf('core', 'all'))('@cors/core: %s', (name) => {
    expect(named).toContain(name);
  });

  it.each(exportsOf('conformance', 'values'))('@cors/conformance: %s', (name) => {
    const own = ['docs/conformance-library.md', 'docs/conformance.md'].flatMap(inlineCode);
    expect(own.flatMap(namesIn)).toContain(name);
  });

  const adapters = packages.filter((name) => !['core', 'browser', 'conformance'].includes(name));
  it.each(adapters.flatMap((name) => exportsOf(name, 'values').map((one) => [name, one] as const)))(
    '@cors/%s: %s',
    (adapter, name) => {
      expect(named).toContain(name);
      const own = pages.filter((file) => readText(file).includes(`@cors/${adapter}`));
      expect(own.filter((file) => readText(file).includes(name))).not.toEqual([]);
    },
  );
});

// Every name that our sources declare or use, those of other packages' options included.
const inSources = new Set(
  sourceFiles.flatMap((file) => readText(file).match(/[A-Za-z_$][\w$]*/g) ?? []),
);
const exported = new Set(packages.flatMap((name) => exportsOf(name, 'all')));

/** How our exports are named. What else stands in code is a header, a value, or somebody else's. */
const LIKE_OURS =
  /^(?:(?:create|commit|merge|validate|explain|decide|register|run|scenario|fetch|node)[A-Z]\w*|(?:is|with|to)?Cors\w*|\w+(?:Cors|Decision|Handling|Matcher|Handler|Predicate|Options|Application)|\w*Cors(?:[A-Z]\w*)?)$/;

/** Names of others, or of a page's own samples, that look like ours. */
const NOT_OURS = new Set([
  'setNotFoundHandler',
  'fromNodeHandler',
  'toNodeHandler',
  'fetchHandler',
]);

/** Those in inline code that look like an export of ours, and that nothing of ours is called. */
function strangers(file: string): string[] {
  const ownSamples = readMarkdown(readText(file)).fences.map(({ code }) => code);
  return inlineCode(file)
    .flatMap(namesIn)
    .filter((name) => LIKE_OURS.test(name) && !NOT_OURS.has(name))
    .filter((name) => !exported.has(name) && !inSources.has(name))
    .filter((name) => !ownSamples.some((code) => new RegExp(`\\b${name}\\b`).test(code)));
}

describe('what the documentation names exists', () => {
  // What other packages call it is the matter of the pages about them, and of the programs that use them.
  it.each(documents.filter((file) => !/migrat|conformance\/targets/i.test(file)))('%s', (file) => {
    expect(strangers(file)).toEqual([]);
  });

  it('is looked for', () => {
    const like = (text: string) => namesIn(text).filter((name) => LIKE_OURS.test(name));
    expect(like('createCors({ origin })')).toEqual(['createCors']);
    expect(like('commitDecisions')).toEqual(['commitDecisions']);
    expect(like('handleCors')).toEqual(['handleCors']);
    expect(like('CorsConfigErrors')).toEqual(['CorsConfigErrors']);
    expect(like('Access-Control-Allow-Origin')).toEqual([]);
    expect(inSources.has('commitDecisions')).toBe(false);
    expect([...named].filter((name) => LIKE_OURS.test(name)).length).toBeGreaterThan(20);
  });
});
