/**
 * What a server sent, as a report prints it: in quotes, line by line, or cut.
 */
import { printable } from '@cors/browser';

/** A printable text, in double quotes. */
export function quoted(text: string): string {
  return `"${printable(text).replaceAll('"', '\\"')}"`;
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
