/**
 * What the consoles of real browsers said to each scenario, as `pnpm blocked --record` stored it.
 */
import { readFileSync, writeFileSync } from 'node:fs';

/** What one browser said. */
export interface ConsoleMessages {
  readonly version: string;
  /** By the scenario's id, word for word. */
  readonly messages: Readonly<Record<string, string>>;
}

/** What each of them said. */
export interface AllConsoleMessages {
  readonly chromium: ConsoleMessages;
  readonly firefox: ConsoleMessages;
}

const FILE = new URL('console-messages.json', import.meta.url);

/** What is stored. */
export function storedMessages(): AllConsoleMessages {
  return JSON.parse(readFileSync(FILE, 'utf8')) as AllConsoleMessages;
}

/** Stores it. */
export function storeMessages(messages: AllConsoleMessages): void {
  writeFileSync(FILE, `${JSON.stringify(messages, null, 2)}\n`);
}
