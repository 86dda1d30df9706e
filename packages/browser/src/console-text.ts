/**
 * The texts of consoles, as they are looked for in a message: fixed words, with at most one value between.
 */

/** How a message is known: by these words, and if there are two, by what stands between them. */
export type ConsoleText = readonly [before: string, after?: string];

/** A text with one kind of single quotation mark: browsers have three, and editors change them. */
export function withOneQuote(text: string): string {
  return text.replace(/[‘’'`]/g, '’');
}

/** What stands between the words; `''` where there is no value, null where the words are not there. */
export function valueIn(message: string, [before, after]: ConsoleText): string | null {
  const start = message.indexOf(before);
  if (start === -1) return null;
  if (after === undefined) return '';
  const from = start + before.length;
  const end = message.indexOf(after, from);
  return end === -1 ? null : message.slice(from, end);
}

/** The first of several texts that a message holds, with its value. */
export function textIn<Name extends string>(
  message: string,
  texts: Readonly<Record<Name, ConsoleText>>,
): { readonly name: Name; readonly value: string } | null {
  for (const name of Object.keys(texts) as Name[]) {
    const value = valueIn(message, texts[name]);
    if (value !== null) return { name, value };
  }
  return null;
}

/** The status that a message ends with, if it does. */
export function statusIn(message: string): number | null {
  const digits = /Status code: (\d{3})\b/.exec(message)?.[1];
  return digits === undefined ? null : Number(digits);
}
