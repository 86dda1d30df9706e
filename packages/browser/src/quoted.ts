/**
 * Quoted values: what a server sent, as it may stand in a sentence and on a terminal.
 */

const MAX_LENGTH = 200;

/**
 * A value in quotes, cut after 200 characters. What is no printable ASCII is written as an escape: a
 * control character could rewrite the line that it stands in, and what looks like a letter may be none.
 */
export function quoted(value: string | null): string {
  const text = value ?? '';
  const cut = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  const escaped = cut.replace(/[^\x20-\x7e…]/g, (char) => {
    return `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `‘${escaped}’`;
}

/** What an error says, in brackets and behind a space; nothing when it says nothing. */
export function saidBy(error: unknown): string {
  return error instanceof Error && error.message !== '' ? ` (${quoted(error.message)})` : '';
}
