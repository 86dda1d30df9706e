/**
 * Shell words: a command line, as browsers copy it for POSIX shells and for cmd, split into its words.
 *
 * Written here since the parsers that there are read `$'…'`, which Chromium writes for every body with a
 * quotation mark in it, as a variable. Nothing is expanded and nothing is run.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */

/** The words of the first command; null for a quotation that never ends. */
export function shellWords(text: string): readonly string[] | null {
  const line = isForCmd(text) ? withoutCarets(text) : text;
  const words: string[] = [];
  let word: string | null = null;
  let at = 0;
  while (at < line.length) {
    const char = line.charAt(at);
    const continued = /^\\\r?\n/.exec(line.slice(at, at + 3));
    if (continued !== null) {
      at += continued[0].length;
      continue;
    }
    if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
      at += 1;
      continue;
    }
    // What follows belongs to another command, or to the shell.
    if ('|;&<>'.includes(char)) break;
    const quotation = quotationAt(line, at);
    if (quotation === null) return null;
    word = (word ?? '') + quotation.text;
    at = quotation.end;
  }
  if (word !== null) words.push(word);
  return words;
}

/** A quotation, an escape or a single character. */
interface Part {
  readonly text: string;
  readonly end: number;
}

function quotationAt(line: string, at: number): Part | null {
  const char = line.charAt(at);
  if (char === "'") {
    const end = line.indexOf("'", at + 1);
    return end === -1 ? null : { text: line.slice(at + 1, end), end: end + 1 };
  }
  if (char === '"') return until('"', line, at + 1, doubleQuotedEscape);
  if (line.startsWith("$'", at)) return until("'", line, at + 2, ansiEscape);
  if (char === '\\') return { text: line.charAt(at + 1), end: at + 2 };
  return { text: char, end: at + 1 };
}

/** What stands before a quotation mark, with its escapes undone. */
function until(
  mark: string,
  line: string,
  from: number,
  escape: (line: string, at: number) => Part,
): Part | null {
  let text = '';
  for (let at = from; at < line.length; ) {
    const char = line.charAt(at);
    if (char === mark) return { text, end: at + 1 };
    const part = char === '\\' ? escape(line, at) : { text: char, end: at + 1 };
    text += part.text;
    at = part.end;
  }
  return null;
}

function doubleQuotedEscape(line: string, at: number): Part {
  const next = line.charAt(at + 1);
  const text = '"\\$`'.includes(next) ? next : next === '\n' ? '' : `\\${next}`;
  return { text, end: at + 2 };
}

const LETTERS: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** @see https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html */
function ansiEscape(line: string, at: number): Part {
  const code = /^\\(?:x([0-9a-f]{1,2})|u([0-9a-f]{1,4})|U([0-9a-f]{1,8})|([0-7]{1,3}))/i.exec(
    line.slice(at, at + 10),
  );
  if (code === null) {
    const next = line.charAt(at + 1);
    return { text: LETTERS[next] ?? next, end: at + 2 };
  }
  const [whole, byte, short, long, octal = ''] = code;
  const hexadecimal = byte ?? short ?? long;
  const point = hexadecimal === undefined ? parseInt(octal, 8) : parseInt(hexadecimal, 16);
  return { text: point <= 0x10ffff ? String.fromCodePoint(point) : '', end: at + whole.length };
}

/** Whether a line was copied for the Windows command line: `curl ^"https://…^" ^`. */
function isForCmd(text: string): boolean {
  return /\s\^"|\s\^\r?\n/.test(text);
}

function withoutCarets(text: string): string {
  return text.replace(/\^\r?\n/g, ' ').replace(/\^([^])/g, '$1');
}
