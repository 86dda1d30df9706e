/**
 * Plays exchanges in a real browser and writes what it did: a few by hand, those of the vectors, and those of
 * a seed.
 *
 *     pnpm observe --browser firefox --seed 1 --count 3000 --out observations.json
 *     pnpm observe --browser firefox --vectors
 *     pnpm observe --browser firefox --seed 1 --index 42      just that one, and all about it
 */
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { inspect, parseArgs } from 'node:util';
import { launchBrowser } from '../browsers/launch.js';
import { describeDistribution } from './distribution.js';
import { generateExchange, generateExchanges } from './generate.js';
import { HANDWRITTEN } from './handwritten.js';
import { vectorExchanges } from './vectors/vector-exchanges.js';

const { values } = parseArgs({
  options: {
    browser: { type: 'string', default: 'chromium' },
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '0' },
    vectors: { type: 'boolean', default: false },
    index: { type: 'string' },
    out: { type: 'string' },
  },
});
if (values.browser !== 'chromium' && values.browser !== 'firefox') {
  throw new Error(`--browser is chromium or firefox, not ${values.browser}`);
}

const seed = Number(values.seed);
const { exchanges: ofVectors, inexpressible } = vectorExchanges();
const exchanges =
  values.index === undefined
    ? [
        ...HANDWRITTEN,
        ...(values.vectors ? ofVectors : []),
        ...generateExchanges(seed, Number(values.count)),
      ]
    : [generateExchange(seed, Number(values.index))];
const browser = await launchBrowser(values.browser);
try {
  const start = performance.now();
  const observations = await browser.play(exchanges);
  const seconds = (performance.now() - start) / 1000;
  const rate = (exchanges.length / seconds).toFixed(0);
  console.log(`${browser.name} ${browser.version}`);
  console.log(`${exchanges.length} exchanges in ${seconds.toFixed(1)} s, ${rate} a second`);
  console.log(describeDistribution(observations));
  if (values.index !== undefined) {
    console.log(inspect({ exchanges, observations }, { depth: null, colors: false }));
  }
  if (values.out !== undefined) {
    const { name, version } = browser;
    writeFileSync(
      values.out,
      JSON.stringify({ name, version, exchanges, observations, inexpressible }),
    );
  }
  if (observations.some(({ outcome }) => outcome === 'not-observed')) process.exitCode = 1;
} finally {
  await browser.close();
}
