/**
 * What playing the adapters prints: one line for each of them, and what was not as expected.
 */
import type { RealBrowser } from '../real-browser.js';
import { PlannedFailure } from './application.js';
import { judgeAdapter } from './judge.js';
import type { RunningAdapter } from './running-adapter.js';

// The examples print what their handlers throw, as they should; here it is part of the scenes.
const { error: printError } = console;
console.error = (...parts: unknown[]) => {
  if (!(parts[0] instanceof PlannedFailure)) printError(...parts);
};

/** Plays all scenes on all adapters. @returns Whether all of it is as expected. */
export async function judgeAdapters(
  browser: RealBrowser,
  adapters: readonly RunningAdapter[],
): Promise<boolean> {
  let isRight = true;
  for (const adapter of adapters) {
    const start = performance.now();
    const scenes = await judgeAdapter(browser, adapter);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const wrong = scenes.filter((scene) => scene.wrong.length > 0);
    const passed = scenes.length - wrong.length;
    console.log(
      `${browser.name} ${browser.version}, ${adapter.name.padEnd(9)}: ${passed} of ${scenes.length} scenes, in ${seconds} s`,
    );
    for (const scene of wrong) {
      console.log(`  ${scene.name}`);
      for (const words of scene.wrong) console.log(`    ${words}`);
    }
    isRight &&= wrong.length === 0;
  }
  return isRight;
}
