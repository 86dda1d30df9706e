// Runs a sample, and notes what each `console.log` in it printed beside what the comment behind it
// says. Our packages are taken from their sources, and are the same ones that the tests import.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { runInThisContext } from 'node:vm';

import ts from 'typescript';

import { root } from './documents.js';
import { nameOf, type Sample } from './samples.js';

/** A `console.log` in a sample. */
interface Printed {
  readonly line: number;
  /** The comment behind it, or on the lines below it. */
  readonly stated: string;
  /** What it printed; a line each where it was called several times, `''` where it never was. */
  readonly printed: string;
}

/** What became of a sample that ran. */
export interface RanSample {
  readonly printed: readonly Printed[];
  /** What the sample exports. */
  readonly exports: Readonly<Record<string, unknown>>;
}

/**
 * Runs a sample to its end.
 *
 * @param page - The samples of its page: those that have a name may be imported by it.
 */
export async function runSample(
  { code, line }: Pick<Sample, 'code' | 'line'>,
  page: readonly Sample[] = [],
): Promise<RanSample> {
  const source = ts.createSourceFile('sample.ts', code, ts.ScriptTarget.ES2022, true);
  const calls = callsOfLog(source);
  const printed = calls.map((): string[] => []);
  const modules = new Map<string, unknown>();
  for (const specifier of specifiersIn(source)) {
    // As a transpiled `import` expects it of an ES module.
    modules.set(specifier, { ...(await load(specifier, page)), __esModule: true });
  }
  // Each call says which one it is. From the last to the first, so that positions stay right.
  let numbered = code;
  for (const [index, call] of [...calls.entries()].reverse()) {
    const start = call.arguments.pos;
    numbered = `${numbered.slice(0, start)}${String(index)}, ${numbered.slice(start)}`;
  }
  const { outputText } = ts.transpileModule(numbered, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  const body = runInThisContext(`async (exports, require, console) => {\n${outputText}\n}`) as (
    ...names: unknown[]
  ) => Promise<void>;
  const exports = {};
  const log = (index: number, ...values: unknown[]): void => {
    printed[index]!.push(format(...values));
  };
  await body(exports, (specifier: string) => modules.get(specifier), { ...console, log });
  // What is printed a little later, as by a hook that nobody waits for.
  await new Promise((resolve) => setImmediate(resolve));
  return {
    exports,
    printed: calls.map((call, index) => ({
      line: line + source.getLineAndCharacterOfPosition(call.getStart()).line,
      stated: commentBehind(code, call.end),
      printed: printed[index]!.join('\n'),
    })),
  };
}

function callsOfLog(source: ts.SourceFile): ts.CallExpression[] {
  const calls: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'console.log') calls.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return calls.sort((a, b) => a.pos - b.pos);
}

function specifiersIn(source: ts.SourceFile): string[] {
  return source.statements
    .filter((statement) => ts.isImportDeclaration(statement))
    .filter(({ importClause }) => importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword)
    .map(({ moduleSpecifier }) => (moduleSpecifier as ts.StringLiteral).text);
}

const ourPackages = readdirSync(join(root, 'packages'));

async function load(specifier: string, page: readonly Sample[]): Promise<object> {
  const sample = page.find((one) => `./${nameOf(one)?.replace(/ts$/, 'js')}` === specifier);
  if (sample !== undefined) return (await runSample(sample, page)).exports;
  const name = ourPackages.find((one) => specifier === `@cors/${one}`);
  const path = name === undefined ? specifier : join(root, 'packages', name, 'src/index.ts');
  return (await import(/* @vite-ignore */ path)) as object;
}

/** On the same line, and on those below it up to one that is no comment. */
function commentBehind(code: string, end: number): string {
  const [, lines] = /^[);,]*[ \t]*\n?((?:[ \t]*\/\/.*(?:\n|$))+)/.exec(code.slice(end)) ?? [];
  return (lines ?? '')
    .trimEnd()
    .split('\n')
    .map((one) => one.replace(/^[ \t]*\/\/ ?/, ''))
    .join('\n');
}
