/**
 * Console lines: what was copied from a console → the messages in it. A message may be broken over several
 * lines, so they are told apart by how they begin; and Safari's, which are two lines, by how the second ends.
 */
import { withOneQuote } from './console-text.js';

// As in what is searched, every quotation mark is `’` here.
const BEGINNINGS = [
  String.raw`Access\s+to\s+[\w ]{1,40}?\s+at\s+’`,
  String.raw`Cross-Origin\s+Request\s+Blocked`,
  String.raw`Mixed\s+Content:`,
  String.raw`Blocked\s+loading\s+mixed`,
  String.raw`\[blocked\]`,
  String.raw`Refused\s+to\s`,
  String.raw`(?:Connecting\s+to|Loading\s+the\s+\w+)\s+’`,
  String.raw`Content-Security-Policy:`,
  String.raw`[A-Z]+\s+\w+:\S+\s+net::ERR_`,
].join('|');

const BOUNDARY = new RegExp(
  String.raw`(due\s+to\s+access\s+control\s+checks\.?)|(^|\W)(?:${BEGINNINGS})`,
  'g',
);

/** The messages in a text, each with what stands around it. */
export function messagesIn(text: string): readonly string[] {
  const boundaries = Array.from(withOneQuote(text).matchAll(BOUNDARY), (match) => {
    const [whole, pair, before = ''] = match;
    return {
      isEnd: pair !== undefined,
      at: match.index + (pair === undefined ? before : whole).length,
    };
  });
  // What stands behind the last pair can be its reason.
  const last = boundaries.filter(({ isEnd }) => isEnd).at(-1);
  const starts = [0, ...boundaries.filter((each) => each !== last).map(({ at }) => at)];
  return starts.map((start, index) => text.slice(start, starts[index + 1]));
}
