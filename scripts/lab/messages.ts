/**
 * What the consoles of real browsers said of the lab's failures, as `pnpm lab --record` stored it.
 */
import { readFileSync } from 'node:fs';

/** One message. */
export interface LabMessage {
  /** The failure's id. */
  readonly failure: string;
  readonly browser: 'chromium' | 'firefox';
  /** Word for word, but for ports. */
  readonly text: string;
}

/** Where they are stored. */
export const MESSAGES_FILE = new URL('messages.json', import.meta.url);

/** All of them. */
export function labMessages(): readonly LabMessage[] {
  return JSON.parse(readFileSync(MESSAGES_FILE, 'utf8')) as LabMessage[];
}
