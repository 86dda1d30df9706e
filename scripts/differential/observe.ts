/**
 * Plays exchanges in a real browser and writes what it did.
 *
 *     pnpm observe --browser firefox --out observations.json
 */
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { launchBrowser } from '../browsers/launch.js';
import { describeDistribution } from './distribution.js';
import { HANDWRITTEN } from './handwritten.js';

const { values } = parseArgs({
  options: {
    browser: { type: 'string', default: 'chromium' },
    out: { type: 'string' },
  },
});
if (values.browser !== 'chromium' && values.browser !== 'firefox') {
  throw new Error(`--browser is chromium or firefox, not ${values.browser}`);
}

const exchanges = HANDWRITTEN;
const browser = await launchBrowser(values.browser);
try {
  const start = performance.now();
  const observations = await browser.play(exchanges);
  const seconds = (performance.now() - start) / 1000;
  const rate = (exchanges.length / seconds).toFixed(0);
  console.log(`${browser.name} ${browser.version}`);
  console.log(`${exchanges.length} exchanges in ${seconds.toFixed(1)} s, ${rate} a second`);
  console.log(describeDistribution(observations));
  if (values.out !== undefined) {
    const { name, version } = browser;
    writeFileSync(values.out, JSON.stringify({ name, version, exchanges, observations }));
  }
  if (observations.some(({ outcome }) => outcome === 'not-observed')) process.exitCode = 1;
} finally {
  await browser.close();
}
