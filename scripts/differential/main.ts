/**
 * The differential test: plays exchanges in real browsers and in the model, and prints every step where
 * the two are not of one mind. Then the same browsers play the whole handshake against every adapter. Its
 * status is 1 if there is such a step, or anything unexpected of an adapter.
 *
 *     pnpm test:browser                     both browsers: the vectors and 3,000 of a seed, all adapters
 *     pnpm test:browser --only adapters
 *     pnpm test:browser --browser firefox --count 20000 --seed 7
 *     pnpm test:browser --browser chromium --seed 7 --index 42      one exchange, and all about it
 *     pnpm test:browser --seed 5 --count 500 --record FOLDER        also writes what agrees to FOLDER
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { inspect, parseArgs } from 'node:util';

import { PROFILES } from '@cors/browser';

import { judgeAdapters } from '../browsers/adapters/report.js';
import { startAdapters } from '../browsers/adapters/running-adapter.js';
import type { BrowserName } from '../browsers/find-browser.js';
import { installBrowsers } from '../browsers/install.js';
import { launchBrowser } from '../browsers/launch.js';
import type { RealBrowser } from '../browsers/real-browser.js';
import { differences } from './compare.js';
import { describeDistribution } from './distribution.js';
import type { Exchange } from './exchange.js';
import { generateExchange, generateExchanges } from './generate.js';
import { HANDWRITTEN } from './handwritten.js';
import type { Observation } from './observation.js';
import { type Prediction, predict } from './predict.js';
import { record, type Recording, stringifyRecording } from './recording.js';
import { vectorExchanges } from './vectors/vector-exchanges.js';

const { values } = parseArgs({
  options: {
    browser: { type: 'string', multiple: true, default: ['chromium', 'firefox'] },
    seed: { type: 'string', default: '3' },
    count: { type: 'string', default: '3000' },
    index: { type: 'string' },
    'no-vectors': { type: 'boolean', default: false },
    only: { type: 'string' },
    distribution: { type: 'boolean', default: false },
    record: { type: 'string' },
  },
});

/** A step on which a browser and the model are not of one mind. */
interface Difference {
  readonly exchange: Exchange;
  readonly step: number;
  readonly observed: Observation;
  readonly predicted: Prediction;
  readonly found: readonly string[];
}

const SHOWN = 20;

const names = values.browser.map((name): BrowserName => {
  if (name === 'chromium' || name === 'firefox') return name;
  throw new Error(`--browser is chromium or firefox, not ${name}`);
});
if (![undefined, 'model', 'adapters'].includes(values.only)) {
  throw new Error(`--only is model or adapters, not ${values.only}`);
}
const playsModel = values.only !== 'adapters';
const playsAdapters = values.only !== 'model' && values.index === undefined;
const seed = Number(values.seed);
const { exchanges: ofVectors, inexpressible } = vectorExchanges();
const exchanges =
  values.index === undefined
    ? [
        ...HANDWRITTEN,
        ...(values['no-vectors'] ? [] : ofVectors),
        ...generateExchanges(seed, Number(values.count)),
      ]
    : [generateExchange(seed, Number(values.index))];

installBrowsers(names);
if (playsModel && !values['no-vectors'] && values.index === undefined) {
  console.log(
    `${ofVectors.length} exchanges of vectors; ${inexpressible.length} vectors that no page can express here`,
  );
}
const adapters = playsAdapters ? await startAdapters() : [];
const servers = new Map(adapters.flatMap((adapter) => [...adapter.servers]));
for (const name of names) {
  const browser = await launchBrowser(name, servers);
  try {
    if (playsModel) await judge(browser);
    if (!(await judgeAdapters(browser, adapters))) process.exitCode = 1;
  } finally {
    await browser.close();
  }
}
await Promise.all(adapters.map((adapter) => adapter.close()));

async function judge(browser: RealBrowser): Promise<void> {
  const start = performance.now();
  const observations = await browser.play(exchanges);
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const first = await differ(browser, exchanges, observations);
  // A step that waited too long on a busy machine finds another cache than the model's clock says. Who
  // differs is played once more, alone; only what differs again is a difference.
  const again = first.map(({ exchange }) => exchange);
  const repeated = [...new Set(again)];
  const playedAgain = repeated.length === 0 ? [] : await browser.play(repeated);
  const last = await differ(browser, repeated, playedAgain);
  const differing = new Set(last.map(({ exchange }) => exchange));
  const blocked = observations.filter(({ outcome }) => outcome === 'blocked').length;

  console.log(
    `${browser.name} ${browser.version}, seed ${seed}: ${exchanges.length} exchanges, ${observations.length} steps, ${blocked} of them blocked, in ${seconds} s`,
  );
  if (values.distribution) console.log(describeDistribution(observations));
  if (values.index !== undefined) {
    console.log(inspect({ exchanges, observations }, { depth: null, colors: false }));
  }
  for (const difference of last.slice(0, SHOWN)) describe(difference);
  console.log(
    `${observations.length - last.length} agree, ${last.length} differ; ${repeated.length} exchanges were played again`,
  );
  // What was different the first time, so that nothing is passed over in silence.
  for (const { exchange, step, found, observed } of first) {
    if (differing.has(exchange)) continue;
    const words = [...found, ...(observed.problem === undefined ? [] : [observed.problem])];
    console.log(`  again: ${exchange.id}, step ${step}: ${words.join('; ').slice(0, 300)}`);
  }
  if (last.length > 0) process.exitCode = 1;
  if (values.record !== undefined) keep(browser, [...observations, ...playedAgain], last);
}

/** Writes the steps on which the browser and the model are of one mind. */
function keep(
  { name, version }: RealBrowser,
  observations: readonly Observation[],
  differing: readonly Difference[],
): void {
  // Of a step that was played again, the second observation is the one that was judged.
  const byStep = new Map(observations.map((each) => [`${each.id}/${each.step}`, each]));
  for (const { exchange, step } of differing) byStep.delete(`${exchange.id}/${step}`);
  const planned = new Map(
    exchanges.flatMap(({ id, steps }) => steps.map((step, index) => [`${id}/${index}`, step])),
  );
  const steps = Array.from(byStep).flatMap(([key, observed]) => {
    const step = planned.get(key);
    return step === undefined ? [] : [[key, record(step, observed)] as const];
  });
  const recording: Recording = {
    browser: name,
    version,
    seed,
    count: Number(values.count),
    steps: Object.fromEntries(steps),
  };
  const file = join(values.record ?? '', `${name}.json`);
  writeFileSync(file, stringifyRecording(recording));
  console.log(
    `${steps.length} steps recorded in ${file}, ${differing.length} left out that differ`,
  );
}

async function differ(
  { name }: RealBrowser,
  played: readonly Exchange[],
  observations: readonly Observation[],
): Promise<readonly Difference[]> {
  const byStep = new Map(observations.map((each) => [`${each.id}/${each.step}`, each]));
  const found: Difference[] = [];
  for (const exchange of played) {
    const predictions = await predict(exchange, PROFILES[name]);
    for (const [step, predicted] of predictions.entries()) {
      const observed = byStep.get(`${exchange.id}/${step}`);
      if (observed === undefined) throw new Error(`${exchange.id}/${step} was not observed at all`);
      const words = differences(observed, predicted);
      if (words.length > 0) found.push({ exchange, step, observed, predicted, found: words });
    }
  }
  return found;
}

function describe({ exchange, step, observed, predicted, found }: Difference): void {
  console.log(`\n${exchange.id}, step ${step}: the model says ${predicted.verdict.code}`);
  console.log(inspect(exchange.steps[step], { depth: null, breakLength: 160 }));
  if (observed.problem !== undefined) console.log(`  ${observed.problem}`);
  for (const words of found) console.log(`  ${words}`);
}
