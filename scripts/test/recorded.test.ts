/**
 * The model against recordings of real browsers, so that a wrong rule is found where there is no
 * browser. When a browser or an exchange has changed, record anew: scripts/differential/recording.ts
 * has the command.
 */
import { readFileSync } from 'node:fs';

import { PROFILES } from '@cors/browser';
import { describe, expect, it } from 'vitest';
import { differences } from '../differential/compare.js';
import { predict } from '../differential/predict.js';
import { exchangesOf, type Recording, replay } from '../differential/recording.js';

describe.each(['chromium', 'firefox'] as const)('what %s did', (name) => {
  const file = new URL(`recorded/${name}.json`, import.meta.url);
  const {
    browser,
    version,
    steps: recorded,
    ...run
  } = JSON.parse(readFileSync(file, 'utf8')) as Recording;
  const exchanges = exchangesOf(run);

  it('is recorded of nearly all exchanges', () => {
    expect(browser).toBe(name);
    expect(version).toMatch(/^\d+\./);
    const planned = new Set(
      exchanges.flatMap(({ id, steps }) => steps.map((_, step) => `${id}/${step}`)),
    );
    const known = Object.keys(recorded);
    expect(known.filter((key) => !planned.has(key))).toEqual([]);
    expect(run.count).toBeGreaterThanOrEqual(500);
    expect(known.length).toBeGreaterThan(0.97 * planned.size);
  });

  it('is what the model says', async () => {
    const found: string[] = [];
    for (const exchange of exchanges) {
      for (const [index, prediction] of (await predict(exchange, PROFILES[name])).entries()) {
        const [key, step] = [`${exchange.id}/${index}`, exchange.steps[index]];
        const kept = recorded[key];
        if (step === undefined || kept === undefined) continue;
        const observed = { id: exchange.id, step: index, ...replay(step, kept) };
        for (const words of differences(observed, prediction)) found.push(`${key}: ${words}`);
      }
      // Enough to see what is wrong.
      if (found.length > 20) break;
    }
    expect(found).toEqual([]);
  });
});
