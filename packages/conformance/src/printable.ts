/**
 * What a server sent, made safe to print: on a terminal, in a log, in a CI page. A hostile server
 * must not colour, rewrite or reorder a report, nor forge lines of it.
 */

/**
 * Writes a text so that it is one line of visible characters: control characters (ANSI escapes
 * among them), line and paragraph separators, bidirectional marks, invisible, private and combining
 * characters and lone surrogates become `\xNN` or `\u{N}`; a backslash is doubled, so that no text
 * can pretend to be an escaped one.
 */
export function printable(text: string): string {
  return defused(text.replaceAll('\\', '\\\\'));
}

/** As `printable`, in double quotes. */
export function quoted(text: string): string {
  return `"${printable(text).replaceAll('"', '\\"')}"`;
}

/** As `printable`, but backslashes stay: for sentences whose parts were escaped, to make sure. */
export function defused(text: string): string {
  return text.replace(UNSAFE, escapeCharacter);
}

/** The lines of a text, each printable; tabs stay: bodies are shown as they are laid out. */
export function printableLines(text: string): readonly string[] {
  return text.split(/\r?\n/).map((line) => line.split('\t').map(printable).join('\t'));
}

/** At most so many characters, and how many were left out. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most)}… (${text.length - most} more characters)`;
}

// Cc control, Cf format (bidi, zero width, BOM), Co private, Cs surrogate, Zl and Zp separators,
// Cn unassigned; of the spaces (Zs) all but the plain one; and the combining marks, which would
// pile up on what stands before them.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\p{M}]|(?! )\p{Zs}/gu;

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return code <= 0xff ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`;
}
