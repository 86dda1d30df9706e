import { parseConsoleMessage, VERDICTS } from '@cors/browser';
import { describe, expect, it } from 'vitest';

import { FAILURES } from '../lab/failures/index.js';
import { labMessages } from '../lab/messages.js';

const messages = labMessages();

describe('what the consoles of real browsers say in the lab', () => {
  it('is at least forty messages, of both browsers', () => {
    expect(messages.length).toBeGreaterThanOrEqual(40);
    expect(new Set(messages.map(({ browser }) => browser))).toEqual(
      new Set(['chromium', 'firefox']),
    );
  });

  it.each(FAILURES.filter(({ works }) => works === undefined).map(({ id }) => id))(
    'is there for %s',
    (id) => {
      expect(messages.some(({ failure }) => failure === id)).toBe(true);
    },
  );

  it.each(FAILURES.map((failure) => [failure.id, failure] as const))(
    'has the code that Chromium reports for %s',
    (_, { code, chromium }) => {
      expect(code === 'mixed-content' ? null : VERDICTS[code].chromium).toBe(chromium);
    },
  );

  it.each(messages.map(({ failure, browser, text }) => [failure, browser, text] as const))(
    'is known: %s, in %s: %s',
    (id, browser, text) => {
      const failure = FAILURES.find((one) => one.id === id)!;
      const message = parseConsoleMessage(text, failure.page.isSandboxed ? 'null' : null);
      expect(message?.browser).toBe(browser);
      // The first one says why. Those that follow, in Firefox, only that it failed.
      const first = messages.find((one) => one.failure === id && one.browser === browser);
      if (first?.text !== text) return;
      const codes = message?.verdicts.map(({ code }) => code) ?? [];
      // The console does not tell whether * was listed, which the standard keeps Authorization out of.
      const isAuthorization = codes.includes('authorization-not-listed');
      expect(isAuthorization ? ['header-not-allowed'] : codes).toContain(failure.code);
    },
  );
});
