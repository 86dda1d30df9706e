/**
 * Judgement: plays the scenes of an adapter in a browser, and compares what came of them with what is
 * expected, and with what the model says when it talks to the same servers.
 */
import { PROFILES } from '@cors/browser';
import { differences } from '../../differential/compare.js';
import type { Exchange } from '../../differential/exchange.js';
import type { Observation } from '../../differential/observation.js';
import { type Prediction, predict } from '../../differential/predict.js';
import type { BrowserName } from '../find-browser.js';
import type { RealBrowser } from '../real-browser.js';
import type { RunningAdapter } from './running-adapter.js';
import type { ByBrowser, Scene, SceneStep } from './scene.js';
import { SCENES } from './scenes.js';
import { sendOverHttp } from './send-over-http.js';

/** A scene that was played. */
export interface JudgedScene {
  readonly name: string;
  /** What was expected and seen, in words; none when all is as expected. */
  readonly wrong: readonly string[];
}

/** Plays all scenes. */
export async function judgeAdapter(
  browser: RealBrowser,
  adapter: RunningAdapter,
): Promise<readonly JudgedScene[]> {
  const exchanges = SCENES.map((scene) => exchangeOf(scene, adapter));
  const observations = await browser.play(exchanges);
  const judged: JudgedScene[] = [];
  for (const [index, scene] of SCENES.entries()) {
    const exchange = exchanges[index];
    if (exchange === undefined) throw new Error(`${scene.name} was not played`);
    const observed = observations.filter(({ id }) => id === exchange.id);
    const wrong = await judge(scene, exchange, observed, browser.name, adapter);
    judged.push({ name: scene.name, wrong });
  }
  return judged;
}

function exchangeOf({ name, steps }: Scene, adapter: RunningAdapter): Exchange {
  const id = `${adapter.name}-${name}`;
  return {
    id,
    steps: steps.map(({ request, resource }) => ({
      request: { ...request, url: `${adapter.origin}/x/${id}/${resource}` },
      answers: [],
    })),
  };
}

async function judge(
  scene: Scene,
  exchange: Exchange,
  observed: readonly Observation[],
  browser: BrowserName,
  adapter: RunningAdapter,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  const handled = ofBrowser(scene.handled, browser);
  mustBe(wrong, 'the handlers that ran', adapter.journal.take(exchange.id), handled);
  const send = sendOverHttp(adapter.servers);
  const predicted = await predict(exchange, PROFILES[browser], send);
  const simulated = adapter.journal.take(exchange.id);
  mustBe(wrong, 'the handlers that the model has run', simulated, handled);
  for (const [index, step] of scene.steps.entries()) {
    const [seen, prediction] = [observed[index], predicted[index]];
    if (seen === undefined || prediction === undefined) {
      wrong.push(`step ${index} was not observed at all`);
      continue;
    }
    const found = [
      ...judgeStep(step, seen, prediction, adapter, browser),
      ...differences(seen, prediction).map((words) => `other than in the model: ${words}`),
      ...(seen.problem === undefined ? [] : [seen.problem]),
    ];
    wrong.push(...found.map((words) => `step ${index}: ${words}`));
  }
  return wrong;
}

function judgeStep(
  { page, sent }: SceneStep,
  seen: Observation,
  { verdict, hops }: Prediction,
  { origin, otherOrigin }: RunningAdapter,
  browser: BrowserName,
): readonly string[] {
  const wrong: string[] = [];
  const requests = seen.requests.map(({ method, url }) => {
    const resource = url.slice(url.lastIndexOf('/') + 1);
    const server = { [origin]: '', [otherOrigin]: 'other:' }[new URL(url).origin];
    return `${method} ${server ?? url}${resource}`;
  });
  mustBe(wrong, 'what arrived', requests, ofBrowser(sent, browser));
  if (typeof page === 'string' || 'chromium' in page) {
    mustBe(wrong, 'the outcome', seen.outcome, 'blocked');
    mustBe(wrong, 'the verdict of the model', verdict.code, ofBrowser(page, browser));
    return wrong;
  }
  const { status, sees = [], misses = [] } = page;
  mustBe(wrong, 'the outcome', seen.outcome, 'readable');
  mustBe(wrong, 'the status', seen.status, status);
  const replied = hops.at(-1)?.response?.headers.map(([name]) => name.toLowerCase()) ?? [];
  for (const name of [...sees, ...misses]) {
    mustBe(wrong, `that the reply has ${name}`, replied.includes(name), true);
    const isVisible = seen.visibleHeaderNames.includes(name);
    mustBe(wrong, `that the page sees ${name}`, isVisible, sees.includes(name));
  }
  return wrong;
}

function ofBrowser<Expected extends readonly string[] | string>(
  expected: ByBrowser<Expected>,
  browser: BrowserName,
): Expected {
  return typeof expected === 'object' && 'chromium' in expected ? expected[browser] : expected;
}

function mustBe(wrong: string[], what: string, seen: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(seen), JSON.stringify(expected)];
  if (a !== b) wrong.push(`${what}: expected ${b}, seen ${a}`);
}
