// The documentation as its tests read it: which files there are, and the headings, fences and links
// in them. Markdown is read line by line, in the forms that we write.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import GithubSlugger from 'github-slugger';

/** The repository's root. */
export const root = join(import.meta.dirname, '../..');

/** A fenced block. */
export interface Fence {
  /** What stands after the backticks, without the mark `run`; `''` if nothing does. */
  readonly language: string;
  /** Whether it is marked `run`: the tests run it, and compare what it prints with its comments. */
  readonly runs: boolean;
  /** The line of the first line of code, from 1. */
  readonly line: number;
  readonly code: string;
}

/** A heading and what stands below it, up to the next heading of any level. */
interface Section {
  readonly level: number;
  readonly title: string;
  /** The anchor that GitHub gives the heading. */
  readonly slug: string;
  /** The text, without code. */
  readonly prose: string;
  readonly fences: readonly Fence[];
}

/** A link's or an image's target. */
interface Link {
  readonly target: string;
  readonly line: number;
}

/** A Markdown file, or a comment with Markdown in it. */
export interface Markdown {
  /** The first has no heading: what stands above them all. */
  readonly sections: readonly Section[];
  readonly fences: readonly Fence[];
  readonly links: readonly Link[];
}

const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', '.git']);

/** Every file below a folder that is ours, as paths from the root. Git is not asked: a test runs without. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !NOT_OURS.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [relative(root, path)];
    });
}

const files = filesBelow(root).sort();

/** The Markdown files. */
export const markdownFiles: readonly string[] = files.filter((file) => file.endsWith('.md'));

/** The packages' sources. */
export const sourceFiles: readonly string[] = files.filter((file) =>
  /^packages\/[^/]+\/src\/.*\.ts$/.test(file),
);

/** The text of a file, given by its path from the root. */
export function readText(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([^`]*)$/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;

/** Reads Markdown. Throws for a fence that is never closed: what follows would be read as code. */
export function readMarkdown(text: string): Markdown {
  const slugger = new GithubSlugger();
  const sections = [{ level: 0, title: '', slug: '', lines: [''], fences: [] as Fence[] }];
  const links: Link[] = [];
  let open: { end: RegExp; info: string; line: number; lines: string[] } | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const section = sections.at(-1)!;
    if (open !== null) {
      if (open.end.test(line)) {
        const { info, line: start, lines } = open;
        const runs = info.endsWith(' run');
        const language = runs ? info.slice(0, -' run'.length) : info;
        section.fences.push({ language, runs, line: start, code: lines.join('\n') });
        open = null;
      } else open.lines.push(line);
      continue;
    }
    const [, marks, info] = FENCE.exec(line) ?? [];
    if (marks !== undefined) {
      const end = new RegExp(`^ {0,3}${marks.charAt(0)}{${String(marks.length)},}\\s*$`);
      open = { end, info: (info ?? '').trim(), line: index + 2, lines: [] };
      continue;
    }
    links.push(...linksIn(line).map((target) => ({ target, line: index + 1 })));
    const [, level, heading] = HEADING.exec(line) ?? [];
    if (level === undefined || heading === undefined) {
      section.lines.push(line);
      continue;
    }
    const title = textOf(heading);
    const slug = slugger.slug(title);
    sections.push({ level: level.length, title, slug, lines: [], fences: [] });
  }
  if (open !== null) throw new Error('A fence is never closed.');
  return {
    sections: sections.map(({ lines, ...section }) => ({ ...section, prose: lines.join('\n') })),
    fences: sections.flatMap(({ fences }) => fences),
    links,
  };
}

/** A line's text without its marks, as it is read aloud. */
function textOf(line: string): string {
  return line.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
}

/** Inline links and images, one in another too; definitions of references; HTML's. */
function linksIn(line: string): string[] {
  const text = line.replace(/(`+)(?!`).*?[^`]\1(?!`)/g, '');
  const definition = /^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)/.exec(text)?.[1];
  return [
    ...Array.from(text.matchAll(/\]\(\s*<?([^\s()<>]*)/g), ([, target]) => target!),
    ...Array.from(text.matchAll(/\b(?:href|src)="([^"]*)"/g), ([, target]) => target!),
    ...(definition === undefined ? [] : [definition]),
  ];
}

/** The documenting comments of a source, as Markdown that stands on the same lines as there. */
export function commentsIn(source: string): { readonly markdown: string; readonly line: number }[] {
  return Array.from(source.matchAll(/^[ \t]*\/\*\*\n(.*?)^[ \t]*\*\//gms), (match) => ({
    markdown: match[1]!.replace(/^[ \t]*\*[ \t]?/gm, ''),
    line: source.slice(0, match.index).split('\n').length + 1,
  }));
}
