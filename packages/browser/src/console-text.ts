/**
 * The texts of consoles, as they are looked for in a message: fixed words, with at most one value between.
 * Quotation marks are alike to the words, and values keep theirs: one stands in a URL as in `Products('1')`.
 */

/** How a message is known: by these words, and if there are two, by what stands between them. */
export type ConsoleText = readonly [before: string, after?: string];

/** A text with one kind of single quotation mark: browsers have three, and editors change them. */
export function withOneQuote(text: string): string {
  return text.replace(/[‘’'`]/g, '’');
}

/** What stands between the words; `''` where there is no value, null where the words are not there. */
export function valueIn(message: string, text: ConsoleText): string | null {
  return placeIn(message, text)?.value ?? null;
}

interface Place {
  readonly from: number;
  readonly value: string;
}

function placeIn(message: string, [before, after]: ConsoleText): Place | null {
  // As long as the message itself, so that what is found in one is there in the other.
  const alike = withOneQuote(message);
  const words = withOneQuote(before);
  const start = alike.indexOf(words);
  if (start === -1) return null;
  if (after === undefined) return { from: start, value: '' };
  const end = alike.indexOf(withOneQuote(after), start + words.length);
  if (end === -1) return null;
  // The nearest: `Cross-Origin Resource Sharing` is not the origin that is told behind it.
  const from = alike.lastIndexOf(words, end - words.length) + words.length;
  return { from, value: message.slice(from, end) };
}

/** Of several texts the one that a message holds first, with its value. */
export function textIn<Name extends string>(
  message: string,
  texts: Readonly<Record<Name, ConsoleText>>,
): { readonly name: Name; readonly value: string } | null {
  let first: (Place & { readonly name: Name }) | null = null;
  for (const name of Object.keys(texts) as Name[]) {
    const place = placeIn(message, texts[name]);
    if (place !== null && (first === null || place.from < first.from)) first = { name, ...place };
  }
  return first;
}

/** The status that a message ends with, if it does. */
export function statusIn(message: string): number | null {
  const digits = /Status code: (\d{3})\b/.exec(message)?.[1];
  return digits === undefined ? null : Number(digits);
}
