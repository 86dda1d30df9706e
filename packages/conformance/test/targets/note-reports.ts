import { afterAll, beforeAll } from 'vitest';

import { openLogBook } from '../../src/index.js';
import { noteWarnings } from './note-warnings.js';

/** Notes the warnings of a test file, in place of showing them. Gives their codes since it last did. */
export function noteReports(): () => readonly string[] {
  const log = openLogBook();
  let stop = (): void => undefined;
  beforeAll(() => {
    stop = noteWarnings(log);
  });
  afterAll(() => stop());
  return () => log.read().reports.map(({ code }) => code);
}
