/**
 * The model against the recording of a real browser, so that a wrong rule is found where there is no
 * browser. When a browser or an exchange has changed, record anew: scripts/differential/recording.ts
 * has the command.
 */
import { readFileSync } from 'node:fs';

import { PROFILES } from '@cors/browser';
import { expect, it } from 'vitest';
import type { BrowserName } from '../../browsers/find-browser.js';
import { differences } from '../../differential/compare.js';
import { predict } from '../../differential/predict.js';
import { exchangesOf, type Recording, replay } from '../../differential/recording.js';

/** The tests of one browser. */
export function testRecorded(name: BrowserName): void {
  const file = new URL(`${name}.json`, import.meta.url);
  const { browser, version, steps, ...run } = JSON.parse(readFileSync(file, 'utf8')) as Recording;
  const exchanges = exchangesOf(run);

  it(`what ${name} did is recorded of nearly all exchanges`, () => {
    expect(browser).toBe(name);
    expect(version).toMatch(/^\d+\./);
    const planned = new Set(
      exchanges.flatMap(({ id, steps: { length } }) =>
        Array.from({ length }, (_, step) => `${id}/${step}`),
      ),
    );
    const known = Object.keys(steps);
    expect(known.filter((key) => !planned.has(key))).toEqual([]);
    expect(run.count).toBeGreaterThanOrEqual(500);
    expect(known.length).toBeGreaterThan(0.97 * planned.size);
  });

  it(`what ${name} did is what the model says`, { timeout: 120_000 }, async () => {
    const found: string[] = [];
    for (const exchange of exchanges) {
      for (const [index, prediction] of (await predict(exchange, PROFILES[name])).entries()) {
        const [key, step] = [`${exchange.id}/${index}`, exchange.steps[index]];
        const kept = steps[key];
        if (step === undefined || kept === undefined) continue;
        const observed = { id: exchange.id, step: index, ...replay(step, kept) };
        for (const words of differences(observed, prediction)) found.push(`${key}: ${words}`);
      }
      // Enough to see what is wrong.
      if (found.length > 20) break;
    }
    expect(found).toEqual([]);
  });
}
