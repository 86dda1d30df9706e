// Samples: the code in the documentation, compiled as a reader's project would compile it.
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import ts from 'typescript';

import { commentsIn, type Fence, readMarkdown, root } from './documents.js';

/** A piece of code in a file. It may be written in TypeScript, or in something else. */
export interface Sample extends Fence {
  /** From the repository's root. */
  readonly file: string;
}

/** Every fenced block in a Markdown file, or in the documenting comments of a source. */
export function samplesIn(file: string, text: string): Sample[] {
  const parts = file.endsWith('.md') ? [{ markdown: text, line: 1 }] : commentsIn(text);
  return parts.flatMap(({ markdown, line }) =>
    readMarkdown(markdown).fences.map((fence) => ({
      ...fence,
      file,
      line: fence.line + line - 1,
    })),
  );
}

/** The name in a sample's first line, `// server.ts`, by which others of its page import it. */
export function nameOf({ code }: Pick<Sample, 'code'>): string | undefined {
  return /^\/\/ (\S+\.ts)\n/.exec(code)?.[1];
}

/**
 * Compiles samples, all in one program, each a module of its own in a folder beside its file.
 *
 * @returns What the compiler says of each, as `file:line: message`.
 */
export function compileSamples(samples: readonly Sample[]): ReadonlyMap<Sample, readonly string[]> {
  const options = compilerOptions();
  const byName = new Map(samples.map((sample) => [virtualName(sample), sample]));
  const host = ts.createCompilerHost(options);
  host.fileExists = (name) => byName.has(name) || ts.sys.fileExists(name);
  const folders = new Set(Array.from(byName.keys(), dirname));
  host.directoryExists = (name) => folders.has(name) || ts.sys.directoryExists(name);
  host.readFile = (name) => byName.get(name)?.code ?? ts.sys.readFile(name);
  host.resolveModuleNameLiterals = (literals, importer, redirected, _, file) =>
    literals.map((literal) =>
      ts.resolveModuleName(
        literal.text,
        installedIn(literal.text) ?? importer,
        options,
        host,
        undefined,
        redirected,
        ts.getModeForUsageLocation(file, literal, options),
      ),
    );
  const program = ts.createProgram({ rootNames: [...byName.keys()], options, host });
  const broken = [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()];
  if (broken.length > 0) throw new Error(broken.map(messageOf).join('\n'));
  return new Map(
    Array.from(byName, ([name, sample]) => {
      const source = program.getSourceFile(name);
      const diagnostics = [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ];
      return [sample, diagnostics.map((diagnostic) => report(sample, diagnostic))];
    }),
  );
}

/** As strict as our tests; but a sample may end with what it shows, and need not export it. */
function compilerOptions(): ts.CompilerOptions {
  const config = join(root, 'tsconfig.test.json');
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, (file) => ts.sys.readFile(file)).config,
    { ...ts.sys, readDirectory: () => [] },
    root,
  );
  return {
    ...options,
    noUnusedLocals: false,
    noUnusedParameters: false,
    // A sample without an import is a module all the same: its names are its own.
    moduleDetection: ts.ModuleDetectionKind.Force,
    // As Nest's are.
    experimentalDecorators: true,
  };
}

/**
 * Our packages import themselves by name, whichever of them the root's own manifest lists; a framework
 * on top of another is installed by its example only.
 */
function installedIn(specifier: string): string | undefined {
  const name = /^@cors\/([^/]+)/.exec(specifier)?.[1];
  if (name !== undefined) return join(root, 'packages', name, 'src/sample.ts');
  return specifier.startsWith('@nestjs/') ? join(root, 'examples/nestjs/src/sample.ts') : undefined;
}

function virtualName(sample: Sample): string {
  const { file, line } = sample;
  const folder = `samples-of-${file.replace(/\W/g, '-')}`;
  return join(root, folderOf(file), folder, nameOf(sample) ?? `line-${String(line)}.ts`);
}

/** The page of a framework is compiled in its adapter's package, which has the framework. */
function folderOf(file: string): string {
  const folder = join('packages', basename(file, '.md'));
  return dirname(file) === 'docs' && existsSync(join(root, folder)) ? folder : dirname(file);
}

function report(sample: Sample, diagnostic: ts.Diagnostic): string {
  const { start = 0 } = diagnostic;
  const line = sample.line + sample.code.slice(0, start).split('\n').length - 1;
  return `${sample.file}:${String(line)}: ${messageOf(diagnostic)}`;
}

function messageOf({ messageText }: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(messageText, '\n');
}
