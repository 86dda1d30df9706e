/**
 * What somebody else wrote, a server or whoever made a message, made safe to print: on a terminal, in a
 * log, on a page. Nobody hostile must colour, rewrite or reorder what it stands in, nor forge lines of it.
 */

/**
 * A text as one line of visible characters: control characters (ANSI escapes among them), line and
 * paragraph separators, bidirectional marks, invisible, private and combining characters and lone
 * surrogates become `\xNN` or `\u{N}`; a backslash is doubled, so that no text can pretend to be an
 * escaped one.
 *
 * @example
 * ```ts
 * import { printable } from '@cors/browser';
 *
 * printable('red \u001b[31mtext'); // 'red \\x1b[31mtext'
 * ```
 */
export function printable(text: string): string {
  return defused(text.replaceAll('\\', '\\\\'));
}

/**
 * As `printable`, but backslashes stay: for sentences whose parts were escaped, to make sure.
 *
 * @example
 * ```ts
 * import { defused } from '@cors/browser';
 *
 * defused('C:\\notes\n'); // 'C:\\notes\\x0a'
 * ```
 */
export function defused(text: string): string {
  return text.replace(UNSAFE, escapeCharacter);
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
