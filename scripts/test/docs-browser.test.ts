import { PROFILES, VERDICTS } from '@cors/browser';
import { describe, expect, it } from 'vitest';

import { withTables } from '../blocked/tables.js';
import { readMarkdown, readText } from './documents.js';

const page = readText('docs/browser.md');

/** The rows of the tables below a heading, as cells. */
function rowsBelow(title: string): readonly (readonly string[])[] {
  const section = readMarkdown(page).sections.find((each) => each.title === title);
  const lines = section?.prose.split('\n').filter((line) => line.startsWith('| ')) ?? [];
  return lines.slice(1).map((line) => line.slice(2, -2).split(' | '));
}

describe('the tables of docs/browser.md', () => {
  it('are what `pnpm blocked --write` puts there', () => {
    expect(page).toBe(withTables(page));
  });

  it('have a row for each departure, with its evidence', () => {
    const departures = Object.values(PROFILES).flatMap((profile) => profile.departures);
    const rows = rowsBelow('Profiles');
    expect(rows.map(([, summary]) => summary)).toEqual(departures.map(({ summary }) => summary));
    for (const [browser, , evidence] of rows) {
      expect(browser).toMatch(/^(?:Chromium|Firefox|WebKit)$/);
      expect(evidence).toMatch(/\w{3}/);
    }
  });

  it('have a row for each code', () => {
    const rows = rowsBelow('Verdicts');
    expect(rows.map(([code]) => code)).toEqual(Object.keys(VERDICTS).map((code) => `\`${code}\``));
    for (const [, ...cells] of rows) expect(cells).toHaveLength(3);
  });

  it('must have their places', () => {
    expect(() => withTables('# A page')).toThrow('has no place for <!-- departures');
  });
});

it('every clause of a verdict is a link into a standard', () => {
  for (const { clause } of Object.values(VERDICTS)) {
    expect(clause).toMatch(/^https:\/\/fetch\.spec\.whatwg\.org\/#[\w-]+$/);
  }
});
