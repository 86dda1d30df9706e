/**
 * Sentences with code in them: what stands between backticks.
 */

/** A part of a sentence. */
export interface ProsePart {
  readonly text: string;
  readonly isCode: boolean;
}

/** The parts of a sentence, in order. */
export function prosePartsOf(sentence: string): readonly ProsePart[] {
  return sentence
    .split('`')
    .map((text, index) => ({ text, isCode: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
