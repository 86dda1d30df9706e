import { firefoxReasonOf, parseConsoleMessage } from '@cors/browser';
import { describe, expect, it } from 'vitest';

import { storedMessages } from '../blocked/console-messages.js';
import { fetchCall } from '../blocked/fetch-call.js';
import { renderPage, verdictOn } from '../blocked/page.js';
import { SCENARIOS } from '../blocked/scenarios.js';
import { readText } from './documents.js';

const consoles = storedMessages();

describe('docs/blocked.md', () => {
  it('is what `pnpm blocked` prints: run `pnpm blocked --write`', async () => {
    expect(readText('docs/blocked.md')).toBe(await renderPage(consoles));
  });

  it('has eleven failures, of different kinds', () => {
    expect(SCENARIOS).toHaveLength(11);
    expect(new Set(SCENARIOS.map(({ title }) => title)).size).toBe(11);
  });
});

describe('the words of the consoles', () => {
  it('are there for every failure, and for no other', () => {
    const ids = SCENARIOS.map(({ id }) => id);
    expect(Object.keys(consoles.chromium.messages)).toEqual(ids);
    expect(Object.keys(consoles.firefox.messages)).toEqual(ids);
  });

  // Where the console says something else now, record it: `pnpm blocked --record --write`.
  it.each(SCENARIOS.map((scenario) => [scenario.id, scenario] as const))(
    'are about what the model says: %s',
    async (id, scenario) => {
      const { origin, url } = scenario.request;
      const { chromium } = await verdictOn(scenario, 'chromium');
      const ofChromium = consoles.chromium.messages[id]!;
      expect(ofChromium).toContain(`Access to fetch at '${url}' from origin '${origin}'`);
      expect(ofChromium).toMatch(CHROMIUM_TEXTS[chromium!.corsError]!);
      expect(ofChromium).toContain(chromium!.failedParameter);
      const { firefox } = await verdictOn(scenario, 'firefox');
      const ofFirefox = consoles.firefox.messages[id]!;
      expect(firefoxReasonOf(ofFirefox)).toBe(firefox!.reason);
      expect(ofFirefox).toContain(`(Reason: ${firefox!.text})`);
    },
  );

  it.each(SCENARIOS.map((scenario) => [scenario.id, scenario] as const))(
    'are recognised: %s',
    async (id, scenario) => {
      const { origin, url } = scenario.request;
      const { code } = await verdictOn(scenario, 'chromium');
      const ofChromium = parseConsoleMessage(consoles.chromium.messages[id]!);
      expect(ofChromium).toMatchObject({ browser: 'chromium', origin, url });
      expect(ofChromium?.verdicts[0]?.code).toBe(code);
      const { code: firefoxCode } = await verdictOn(scenario, 'firefox');
      const ofFirefox = parseConsoleMessage(consoles.firefox.messages[id]!);
      expect(ofFirefox).toMatchObject({ browser: 'firefox', origin: null, url });
      // It says the same of a preflight and of the request itself.
      expect(ofFirefox?.verdicts.map((verdict) => verdict.code)).toContain(firefoxCode);
    },
  );
});

/** How Chromium words the errors that it has names for. */
const CHROMIUM_TEXTS: Readonly<Record<string, RegExp>> = {
  MissingAllowOriginHeader: /policy: No 'Access-Control-Allow-Origin' header is present/,
  AllowOriginMismatch: /has a value '.*' that is not equal to the supplied origin/,
  WildcardOriginNotAllowed: /must not be the wildcard '\*'/,
  InvalidAllowCredentials:
    /'Access-Control-Allow-Credentials' header in the response is '.*' which/,
  MultipleAllowOriginValues: /contains multiple values '.*', but only one is allowed/,
  PreflightMissingAllowOriginHeader: /preflight.* No 'Access-Control-Allow-Origin' header/,
  PreflightDisallowedRedirect: /Redirect is not allowed for a preflight request/,
  MethodDisallowedByPreflightResponse: /is not allowed by Access-Control-Allow-Methods/,
  HeaderDisallowedByPreflightResponse: /is not allowed by Access-Control-Allow-Headers/,
};

describe('the call that stands on the page', () => {
  it('is the request', () => {
    const url = 'https://api.example.com/';
    expect(fetchCall({ origin: 'null', url })).toBe(`fetch('${url}')`);
    expect(
      fetchCall({
        origin: 'null',
        url,
        method: 'PUT',
        headers: [
          ['Accept', '*/*'],
          ['X-A', '1'],
        ],
        credentialsMode: 'omit',
        body: { content: 'a' },
      }),
    ).toBe(
      `fetch('${url}', { method: 'PUT', headers: { Accept: '*/*', 'X-A': '1' }, credentials: 'omit', body: 'a' })`,
    );
  });
});
